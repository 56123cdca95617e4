namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>Attacks run one after another, and beside no other test: each takes a core, and the memory of the whole process is looked at.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AttackCollection
{
    public const string Name = "Attacks";
}
