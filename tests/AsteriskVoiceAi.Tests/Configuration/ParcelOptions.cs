using System.ComponentModel.DataAnnotations;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace AsteriskVoiceAi.Tests.Configuration;

/// <summary>Options with every kind of value, to try the loader with.</summary>
public sealed class ParcelOptions
{
    [Description("Where parcels go.")]
    public DepotOptions Depot { get; set; } = new();

    public VanOptions Van { get; set; } = new();
}

public sealed class DepotOptions : IValidatableObject
{
    [Description("TCP port.")]
    [Range(1, 65535)]
    public int Port { get; set; } = 4573;

    [Description("Parcels at once | at most.")]
    [Range(0.5, 2.5)]
    public double LoadFactor { get; set; } = 1;

    public bool IsOpen { get; set; } = true;

    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:03")]
    public TimeSpan EndSilence { get; set; } = TimeSpan.FromMilliseconds(700);

    public Uri? Server { get; set; }

    public ShiftOfDay Shift { get; set; } = ShiftOfDay.EarlyMorning;

    public IReadOnlyList<string> Gates { get; set; } = ["north", "a: b"];

    [Required]
    public string Keeper { get; set; } = "anne";

    public string DoorPassword { get; set; } = "";

    public int? Limit { get; set; }

    public YardOptions Yard { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Limit > Port)
            yield return new($"{Limit} is more than the port, which makes no sense.", [nameof(Limit)]);
    }
}

public sealed class YardOptions
{
    public int MaxCalls { get; set; } = 10;
}

public sealed class VanOptions
{
    [RegularExpression("[A-Z]{2}[0-9]+")]
    public string Plate { get; set; } = "AB1";
}

public enum ShiftOfDay
{
    EarlyMorning,
    Late,
}
