using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Checks values against the data annotations of their properties, and sections against their own rules.</summary>
internal static class OptionRules
{
    public static void Check(IReadOnlyList<OptionKey> keys, OptionBinding binding, string fallbackLocation)
    {
        foreach (var key in keys)
        {
            if (key.IsSection)
            {
                Check(key.Children, binding, fallbackLocation);
                CheckSection(key, binding, fallbackLocation);
            }
            else if (!binding.IsBroken(key))
            {
                CheckSetting(key, binding, binding.LocationOf(key) ?? fallbackLocation);
            }
        }
    }

    /// <summary>Lowest and highest value of a range, in the type of the setting.</summary>
    public static (IComparable Minimum, IComparable Maximum) Limits(RangeAttribute range, Type type) => (Limit(range.Minimum, type), Limit(range.Maximum, type));

    /// <summary>What an annotation allows, in words; null = it says nothing worth saying.</summary>
    public static string? Allowed(ValidationAttribute rule, Type type)
    {
        switch (rule)
        {
            case RangeAttribute range:
                var (minimum, maximum) = Limits(range, type);
                return $"{(range.MinimumIsExclusive ? "more than " : "")}{OptionValue.Show(minimum)} to {(range.MaximumIsExclusive ? "less than " : "")}{OptionValue.Show(maximum)}";
            case RequiredAttribute:
                return "must be given";
            case RegularExpressionAttribute pattern:
                return $"like {pattern.Pattern}";
            case AllowedValuesAttribute allowed:
                return string.Join(", ", allowed.Values.Select(OptionValue.Show));
            case StringLengthAttribute length:
                return string.Create(CultureInfo.InvariantCulture, $"{length.MinimumLength} to {length.MaximumLength} characters");
            case MinLengthAttribute length:
                return string.Create(CultureInfo.InvariantCulture, $"at least {length.Length} long");
            case MaxLengthAttribute length:
                return string.Create(CultureInfo.InvariantCulture, $"at most {length.Length} long");
            default:
                return null;
        }
    }

    private static void CheckSetting(OptionKey key, OptionBinding binding, string location)
    {
        var owner = binding.OwnerOf(key);
        var value = key.Property.GetValue(owner);
        var found = key.IsSecret ? "(not shown)" : OptionValue.Found(OptionValue.Show(value));
        foreach (var rule in key.Rules)
        {
            if (Holds(rule, value, key.Type, new(owner) { MemberName = key.Property.Name, DisplayName = key.Path }))
                continue;
            binding.Report(location, rule switch
            {
                RequiredAttribute => $"{key.Path} must be given.",
                RangeAttribute => $"{key.Path} is {found}, but must be {Allowed(rule, key.Type)}.",
                _ when Allowed(rule, key.Type) is { } allowed => $"{key.Path} is {found}, but must be {allowed}.",
                _ => rule.FormatErrorMessage(key.Path),
            });
        }
    }

    private static void CheckSection(OptionKey key, OptionBinding binding, string fallbackLocation)
    {
        if (key.Property.GetValue(binding.OwnerOf(key)) is not IValidatableObject section)
            return;
        foreach (var result in section.Validate(new(section) { DisplayName = key.Path }))
        {
            var member = key.Children.FirstOrDefault(child => result.MemberNames.Contains(child.Property.Name));
            binding.Report((member is null ? null : binding.LocationOf(member)) ?? fallbackLocation, $"{member?.Path ?? key.Path}: {result.ErrorMessage}");
        }
    }

    // The attribute itself would read a duration's limits in the machine's own culture.
    private static bool Holds(ValidationAttribute rule, object? value, Type type, ValidationContext context)
    {
        if (rule is not RangeAttribute range)
            return rule.GetValidationResult(value, context) == ValidationResult.Success;
        if (value is null)
            return true;
        var (minimum, maximum) = Limits(range, type);
        var (low, high) = (minimum.CompareTo(value), maximum.CompareTo(value));
        return (range.MinimumIsExclusive ? low < 0 : low <= 0) && (range.MaximumIsExclusive ? high > 0 : high >= 0);
    }

    private static IComparable Limit(object limit, Type type)
    {
        if (type == typeof(TimeSpan))
            return limit is TimeSpan span ? span : TimeSpan.Parse(Convert.ToString(limit, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture);
        return (IComparable)Convert.ChangeType(limit, type, CultureInfo.InvariantCulture);
    }
}
