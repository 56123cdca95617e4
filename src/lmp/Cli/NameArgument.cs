using System.CommandLine;

namespace OpenLmp.Cli;

/// <summary>Arguments that are names of objects.</summary>
internal static class NameArgument
{
    /// <summary>A name that has to be given.</summary>
    public static Argument<string> Required(string label, string description) => Guarded(new Argument<string>(label) { Description = description });

    /// <summary>A name that may be given.</summary>
    public static Argument<string?> Optional(string label, string description) =>
        Guarded(new Argument<string?>(label) { Description = description, Arity = ArgumentArity.ZeroOrOne });

    // An option nobody knows would otherwise be taken for a name.
    private static Argument<T> Guarded<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.StartsWith('-')) result.AddError($"There is no option '{token.Value}' here.");
        });
        return argument;
    }
}
