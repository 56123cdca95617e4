namespace OpenLmp.Hosting;

/// <summary>Makes a value of a text, or tells what is wrong with the text and what would be right.</summary>
internal delegate Converted<T> Conversion<T>(string text);

/// <summary>What is wrong with a text, and what would be right.</summary>
internal readonly record struct Wrong(string Problem);

/// <summary>A value, or what is wrong.</summary>
internal readonly record struct Converted<T>(T Value, string? Problem)
{
    public static implicit operator Converted<T>(T value) => new(value, null);

    public static implicit operator Converted<T>(Wrong wrong) => new(default!, wrong.Problem);

    /// <summary>The value, if it also passes a test.</summary>
    public Converted<T> If(Func<T, bool> test, string otherwise) => Problem is null && !test(Value) ? new Wrong(otherwise) : this;
}

/// <summary>A value read from the file.</summary>
/// <param name="Value">The value, or the default where there is none.</param>
/// <param name="At">Where it stands; where it is not given, where it would have to.</param>
/// <param name="IsGiven">Whether the file has the key.</param>
/// <param name="IsValid">Whether the value can be used: right, or a default. If not, an error has been told.</param>
internal readonly record struct Field<T>(T Value, Position At, bool IsGiven, bool IsValid)
{
    /// <summary>Given and right: what may be compared with other values.</summary>
    public bool IsUsable => IsGiven && IsValid;
}
