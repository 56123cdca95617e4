using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace OpenLmp.Fuzz;

/// <summary>Rewrites assemblies so that each basic block tells <see cref="Coverage"/> that it was reached.</summary>
internal static class Instrumentation
{
    // Whose ways count.
    private static readonly string[] Assemblies =
        ["OpenLmp.Wire.dll", "OpenLmp.Protocol.dll", "OpenLmp.Hosting.dll", "OpenLmp.Api.dll", "OpenLmp.Simulation.dll", "lmp.dll"];

    /// <summary>Copies this program's folder to another one, and instruments the assemblies there if asked to; returns the number of basic blocks.</summary>
    public static int CopyTo(string folder, bool instrument)
    {
        var source = AppContext.BaseDirectory;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var block = 0;
        if (!instrument) return 0;
        foreach (var name in Assemblies) Instrument(Path.Combine(source, name), Path.Combine(folder, name), ref block);
        return block;
    }

    private static void Instrument(string source, string target, ref int block)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        using var assembly = AssemblyDefinition.ReadAssembly(source, new ReaderParameters { AssemblyResolver = resolver });
        var module = assembly.MainModule;
        var hit = module.ImportReference(typeof(Coverage).GetMethod(nameof(Coverage.Hit)));
        foreach (var type in module.GetTypes())
            foreach (var method in type.Methods)
                if (method.HasBody) Instrument(method.Body, hit, ref block);
        assembly.Write(target);
    }

    private static void Instrument(MethodBody body, MethodReference hit, ref int block)
    {
        body.SimplifyMacros();
        var il = body.GetILProcessor();
        var begins = new Dictionary<Instruction, Instruction>();
        foreach (var first in BlocksOf(body))
        {
            // The number is spread over the map: neighbouring blocks would share edges otherwise.
            var probe = il.Create(OpCodes.Ldc_I4, (int)((uint)++block * 2654435761u >> 12));
            il.InsertBefore(first, probe);
            il.InsertBefore(first, il.Create(OpCodes.Call, hit));
            begins.Add(first, probe);
        }

        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction to) instruction.Operand = begins.GetValueOrDefault(to, to);
            else if (instruction.Operand is Instruction[] targets) instruction.Operand = targets.Select(t => begins.GetValueOrDefault(t, t)).ToArray();
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = Begin(handler.TryStart);
            handler.TryEnd = Begin(handler.TryEnd);
            handler.HandlerStart = Begin(handler.HandlerStart);
            handler.HandlerEnd = Begin(handler.HandlerEnd);
            handler.FilterStart = Begin(handler.FilterStart);
        }

        body.OptimizeMacros();

        Instruction? Begin(Instruction? at) => at is null ? null : begins.GetValueOrDefault(at, at);
    }

    private static HashSet<Instruction> BlocksOf(MethodBody body)
    {
        var blocks = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction to) blocks.Add(to);
            else if (instruction.Operand is Instruction[] targets) blocks.UnionWith(targets);
            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is { } next) blocks.Add(next);
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            blocks.Add(handler.HandlerStart);
            if (handler.FilterStart is { } filter) blocks.Add(filter);
        }

        return blocks;
    }
}
