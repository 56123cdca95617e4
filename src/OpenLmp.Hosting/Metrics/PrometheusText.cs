using System.Globalization;
using System.Text;

namespace OpenLmp.Hosting.Metrics;

/// <summary>Writes the Prometheus text format.</summary>
internal sealed class PrometheusText : IMetricWriter
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private string _family = "";

    /// <inheritdoc/>
    public IMetricWriter Family(string name, MetricKind kind, string help)
    {
        Begin(name, kind == MetricKind.Counter ? "counter" : "gauge", help);
        return this;
    }

    /// <inheritdoc/>
    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample("", value, labels);

    /// <inheritdoc/>
    public void Histogram(string name, string help, LatenessHistogram histogram)
    {
        Begin(name, "histogram", help);
        long cumulated = 0;
        for (var i = 0; i < LatenessHistogram.UpperBoundsMicroseconds.Length; i++)
        {
            cumulated += histogram.Count(i);
            Sample("_bucket", cumulated, ("le", Number(LatenessHistogram.UpperBoundsMicroseconds[i] / 1e6)));
        }

        // Read while the node's thread counts on: the buckets must add up to the count whatever Total says by now.
        cumulated += histogram.Count(LatenessHistogram.Buckets - 1);
        Sample("_bucket", cumulated, ("le", "+Inf"));
        Sample("_sum", histogram.Sum.TotalSeconds);
        Sample("_count", cumulated);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private void Begin(string name, string type, string help)
    {
        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    private void Sample(string suffix, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_family).Append(suffix);
        for (var i = 0; i < labels.Length; i++)
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escape(labels[i].Value)).Append('"');
        if (labels.Length > 0) _text.Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }
}
