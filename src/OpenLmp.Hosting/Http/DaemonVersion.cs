using System.Reflection;

namespace OpenLmp.Hosting.Http;

/// <summary>The daemon's version.</summary>
internal static class DaemonVersion
{
    /// <summary>As it is told to people: without the commit.</summary>
    public static string Text { get; } =
        typeof(DaemonVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
