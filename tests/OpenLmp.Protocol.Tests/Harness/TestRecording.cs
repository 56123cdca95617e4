using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using OpenLmp.Recording;

namespace OpenLmp.Protocol.Tests;

/// <summary>
/// Makes the nodes of the tests. With <c>OPENLMP_RECORD=DIRECTORY</c> in the environment each is recorded there, as
/// <c>CLASS.TEST.NODE.jsonl</c>: what a test does becomes a conformance case, or is looked at with <c>lmp replay</c>.
/// </summary>
internal static class TestRecording
{
    private static readonly string? Directory = Environment.GetEnvironmentVariable("OPENLMP_RECORD");
    private static readonly ConcurrentDictionary<string, int> Names = [];

    public static LmpNode Start(NodeConfiguration configuration, NodeOptions options, INodeOutput output, Instant now)
    {
        if (string.IsNullOrEmpty(Directory) || TestName() is not { } test) return new LmpNode(configuration, options, output, now);
        var name = $"{test}.{configuration.Name}";
        var number = Names.AddOrUpdate(name, 1, (_, n) => n + 1);
        var path = Path.Combine(Directory, number == 1 ? $"{name}.jsonl" : $"{name}-{number}.jsonl");
        // Tests end without a word: every line is written at once.
        var file = new StreamWriter(path) { AutoFlush = true };
        var start = new RecordingStart
        {
            Recording = RecordingStart.CurrentVersion,
            By = test,
            Clock = now.Nanoseconds,
            MeetDeadlines = true,
            Node = configuration,
            Options = options,
        };
        return NodeRecorder.Start(start, output, line => file.Write(RecordingJson.Text(line) + '\n')).Node;
    }

    // A node that is made before its test begins, as a field of the class, is only known to be one of the class.
    private static string? TestName()
    {
        var methods = new StackTrace().GetFrames().Select(f => f.GetMethod()).OfType<MethodBase>().ToList();
        var test = methods.Find(m => m.GetCustomAttribute<FactAttribute>() is not null);
        return test is not null ? $"{test.DeclaringType!.Name}.{test.Name}" : methods.Find(m => m.IsConstructor && IsTestClass(m.DeclaringType!))?.DeclaringType!.Name;
    }

    private static bool IsTestClass(Type type) => type.GetMethods().Any(m => m.GetCustomAttribute<FactAttribute>() is not null);
}
