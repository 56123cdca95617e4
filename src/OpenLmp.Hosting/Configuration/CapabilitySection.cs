// RFC 4204 §13.12.1.1
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads a data link's switching capabilities: the keys of the one it has, or <c>capabilities</c>.</summary>
internal static class CapabilitySection
{
    public static readonly string[] Keys = ["switching-type", "encoding", "bandwidth"];

    public static ValueList<SwitchingCapability> ReadAll(Section dataLink, Findings findings)
    {
        if (!dataLink.Has("capabilities")) return [Read(dataLink, findings)];
        foreach (var key in Keys)
            if (dataLink.Has(key)) findings.Error(dataLink.KeyAt(key), $"{key}: capabilities is given, too; move this into one of its entries");
        if (dataLink.ItemCount("capabilities") == 0)
            findings.Error(dataLink.KeyAt("capabilities"), "capabilities: a data link has at least one; add it, such as - {bandwidth: 10Gbps}");
        var capabilities = new List<SwitchingCapability>();
        foreach (var section in dataLink.Children("capabilities", "capability", Keys)) capabilities.Add(Read(section, findings));
        return [.. capabilities];
    }

    private static SwitchingCapability Read(Section section, Findings findings)
    {
        var (min, max) = ReadBandwidth(section, findings);
        return new SwitchingCapability(
            section.Optional("switching-type", Conversions.Switching, SwitchingType.Lsc).Value,
            section.Optional("encoding", Conversions.EncodingName, EncodingType.Lambda).Value, min, max);
    }

    private static (float Min, float Max) ReadBandwidth(Section section, Findings findings)
    {
        if (section.ChildIfMapping("bandwidth", "min", "max") is not { } range)
        {
            var rate = section.Required("bandwidth", Conversions.Rate, "10Gbps").Value;
            return (rate, rate);
        }

        var min = range.Required("min", Conversions.Rate, "1Gbps");
        var max = range.Required("max", Conversions.Rate, "10Gbps");
        if (min.IsValid && max.IsValid && min.Value > max.Value)
            findings.Error(min.At, $"min: {Bandwidth.Format(min.Value)} is above max, {Bandwidth.Format(max.Value)}; swap them");
        return (min.Value, max.Value);
    }
}
