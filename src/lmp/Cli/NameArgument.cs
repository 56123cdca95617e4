using System.CommandLine;
using System.CommandLine.Completions;

namespace OpenLmp.Cli;

/// <summary>Arguments that are names of objects.</summary>
internal static class NameArgument
{
    /// <summary>A name that has to be given.</summary>
    /// <param name="label">How the help calls it.</param>
    /// <param name="description">What it names.</param>
    /// <param name="names">The names there are, for completion.</param>
    public static Argument<string> Required(string label, string description, Func<CompletionContext, IEnumerable<CompletionItem>>? names = null) =>
        Guarded(new Argument<string>(label) { Description = description }, names);

    /// <summary>A name that may be given.</summary>
    /// <inheritdoc cref="Required"/>
    public static Argument<string?> Optional(string label, string description, Func<CompletionContext, IEnumerable<CompletionItem>>? names = null) =>
        Guarded(new Argument<string?>(label) { Description = description, Arity = ArgumentArity.ZeroOrOne }, names);

    // An option nobody knows would otherwise be taken for a name.
    private static Argument<T> Guarded<T>(Argument<T> argument, Func<CompletionContext, IEnumerable<CompletionItem>>? names)
    {
        if (names is not null) argument.CompletionSources.Add(names);
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.StartsWith('-')) result.AddError($"There is no option '{token.Value}' here.");
        });
        return argument;
    }
}
