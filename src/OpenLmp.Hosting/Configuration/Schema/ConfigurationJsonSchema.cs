namespace OpenLmp.Hosting;

/// <summary>The JSON Schema of configuration files: made from <see cref="ConfigurationSchema"/> by a test, which also fails when it is stale; embedded.</summary>
internal static class ConfigurationJsonSchema
{
    /// <summary>docs/lmpd.schema.json.</summary>
    public static string Text
    {
        get
        {
            using var stream = typeof(ConfigurationJsonSchema).Assembly.GetManifestResourceStream("lmpd.schema.json")
                ?? throw new InvalidOperationException("The JSON Schema is not embedded.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
