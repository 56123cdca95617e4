namespace OpenLmp.Cli.Tests.Lab;

/// <summary>A lab file of a test's own.</summary>
internal sealed class LabFile : IDisposable
{
    public LabFile(string lab) => File.WriteAllText(Path, lab);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"openlmp-lab-{Guid.NewGuid():N}.yaml");

    public void Dispose() => File.Delete(Path);
}
