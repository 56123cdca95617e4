using System.Reflection;

namespace OpenLmp.Tests;

/// <summary>What <see cref="RequirementAttribute"/>s name exists: a mistyped id would cover nothing.</summary>
public class RequirementIdsTests
{
    [Fact]
    public void Every_id_named_is_a_requirement_or_an_arrow()
    {
        var known = Ids("requirements.tsv").Concat(Ids("transitions.tsv")).ToHashSet();
        Assert.True(known.Count > 300, "the lists are not complete");
        var named = Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetMethods().Cast<MemberInfo>().Append(type))
            .SelectMany(member => member.GetCustomAttributes<RequirementAttribute>())
            .Select(requirement => requirement.Id);
        Assert.Empty(named.Where(id => !known.Contains(id)).Distinct());
    }

    private static IEnumerable<string> Ids(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rfc", name)).Select(line => line.Split('\t')[0]);
}
