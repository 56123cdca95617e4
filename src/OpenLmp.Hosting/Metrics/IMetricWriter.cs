namespace OpenLmp.Hosting.Metrics;

/// <summary>What a metric's value does.</summary>
internal enum MetricKind
{
    /// <summary>It goes up and down.</summary>
    Gauge,

    /// <summary>It only goes up, from the daemon's start on.</summary>
    Counter,
}

/// <summary>Takes metrics, one after the other, in a form of its own.</summary>
internal interface IMetricWriter
{
    /// <summary>Begins a metric; its samples follow.</summary>
    IMetricWriter Family(string name, MetricKind kind, string help);

    /// <summary>A sample of the metric begun.</summary>
    void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels);

    /// <summary>A whole metric, in seconds.</summary>
    void Histogram(string name, string help, LatenessHistogram histogram);
}
