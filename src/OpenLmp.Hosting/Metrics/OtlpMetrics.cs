using System.Diagnostics.Metrics;
using OpenLmp.Hosting.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenLmp.Hosting.Metrics;

/// <summary>
/// The metrics as instruments of OpenTelemetry. They are made of the first snapshot: what comes and goes with the configuration needs new ones, because
/// OpenTelemetry goes on sending the last value of what is not there any more.
/// </summary>
internal sealed class OtlpMetrics : IMetricWriter, IDisposable
{
    /// <summary>The scope's name.</summary>
    public const string ScopeName = "openlmp";

    // A counter's samples may become more: those never counted are left out.
    private const int FewestSamples = 256;
    private const int RoomToGrow = 8;

    private readonly Meter _meter = new(ScopeName, DaemonVersion.Text);
    private readonly MeterProvider _provider;
    private readonly MetricReader _reader;
    private readonly Dictionary<string, Series> _families = [];
    private readonly Dictionary<string, HistogramReplay> _replays;
    private readonly Dictionary<string, (LatenessHistogram Counted, Histogram<double> Told)> _histograms = [];
    private Series _current = new("", MetricKind.Gauge, "");
    private HashCode _shape;

    /// <summary>Makes them.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="exporter">Where they go.</param>
    /// <param name="replays">What of each histogram has been told, by name; those told for the first time are added.</param>
    public OtlpMetrics(string node, BaseExporter<Metric> exporter, Dictionary<string, HistogramReplay> replays)
    {
        _replays = replays;
        _reader = new BaseExportingMetricReader(exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("lmpd", serviceVersion: DaemonVersion.Text, serviceInstanceId: node))
            .AddMeter(ScopeName)
            // A process may have several nodes, each with a scope of this name.
            .AddView(instrument => instrument.Meter == _meter ? StreamOf(instrument) : MetricStreamConfiguration.Drop)
            .AddReader(_reader)
            .Build();
    }

    /// <summary>Tells a snapshot to the collector, and waits until it has it or is given up.</summary>
    /// <returns>False if these instruments no longer fit what there is: nothing was told, and new ones are needed.</returns>
    public bool Send(MetricsSnapshot snapshot, INodeAccess node)
    {
        foreach (var series in _families.Values) series.Samples = [];
        var before = _shape.ToHashCode();
        var isFirst = _families.Count == 0;
        _shape = default;
        snapshot.Write(this, node);
        if (!isFirst && (before != _shape.ToHashCode() || _families.Values.Any(series => series.Samples.Count > series.Limit))) return false;
        foreach (var series in _families.Values) series.Publish(_meter);
        foreach (var (name, (counted, told)) in _histograms)
        {
            if (!_replays.TryGetValue(name, out var replay)) _replays.Add(name, replay = new HistogramReplay());
            replay.Record(counted, told);
        }

        _reader.Collect();
        return true;
    }

    /// <inheritdoc/>
    public IMetricWriter Family(string name, MetricKind kind, string help)
    {
        if (!_families.TryGetValue(name, out var series)) _families.Add(name, series = new Series(name, kind, help));
        _current = series;
        return this;
    }

    /// <inheritdoc/>
    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < labels.Length; i++) tags[i] = new(labels[i].Name, labels[i].Value);
        _current.Samples.Add(new Measurement<double>(value, tags));
        if (_current.Kind != MetricKind.Gauge) return;
        _shape.Add(_current.Name);
        foreach (var (_, label) in labels) _shape.Add(label);
    }

    /// <inheritdoc/>
    public void Histogram(string name, string help, LatenessHistogram histogram)
    {
        if (!_histograms.ContainsKey(name)) _histograms.Add(name, (histogram, _meter.CreateHistogram<double>(name, "s", help)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }

    private MetricStreamConfiguration StreamOf(Instrument instrument) => instrument is Histogram<double>
        ? new ExplicitBucketHistogramConfiguration { Boundaries = HistogramReplay.Boundaries }
        : new MetricStreamConfiguration { CardinalityLimit = _families[instrument.Name].Limit };

    private sealed class Series(string name, MetricKind kind, string help)
    {
        private bool _isPublished;

        public string Name => name;

        public MetricKind Kind => kind;

        public List<Measurement<double>> Samples { get; set; } = [];

        public int Limit { get; private set; } = FewestSamples;

        public void Publish(Meter meter)
        {
            if (_isPublished) return;
            _isPublished = true;
            Limit = Math.Max(FewestSamples, kind == MetricKind.Gauge ? Samples.Count : Samples.Count * RoomToGrow);
            if (kind == MetricKind.Gauge) meter.CreateObservableGauge(name, () => Samples, description: help);
            else meter.CreateObservableCounter(name, () => Samples, description: help);
        }
    }
}
