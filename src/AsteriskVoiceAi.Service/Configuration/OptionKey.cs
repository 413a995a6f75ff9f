using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>One key of the file: a section with keys of its own, or a setting.</summary>
internal sealed class OptionKey
{
    private static readonly string[] SecretEndings = ["Password", "Secret", "Token", "ApiKey"];

    private OptionKey(PropertyInfo property, string parent)
    {
        Property = property;
        Name = property.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName ?? Kebab(property.Name);
        Path = parent.Length == 0 ? Name : $"{parent}.{Name}";
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        ElementType = OptionValue.ElementOf(Type);
        if (ElementType is null && !OptionValue.IsScalar(Type))
        {
            if (!Type.IsClass || Type.GetConstructor([]) is null)
                throw new NotSupportedException($"Settings cannot be of the type {Type}: {property.DeclaringType}.{property.Name}.");
            Children = Of(Type, Path);
        }
    }

    public PropertyInfo Property { get; }

    /// <summary>As written in the file, such as "max-calls".</summary>
    public string Name { get; }

    /// <summary>With its sections, such as "calls.max-calls".</summary>
    public string Path { get; }

    /// <summary>Of the value, without Nullable.</summary>
    public Type Type { get; }

    /// <summary>Of a list's elements; null = no list.</summary>
    public Type? ElementType { get; }

    /// <summary>Keys of a section; empty for a setting.</summary>
    public IReadOnlyList<OptionKey> Children { get; } = [];

    public bool IsSection => Children.Count > 0;

    /// <summary>Its value must not be shown.</summary>
    public bool IsSecret => SecretEndings.Any(ending => Property.Name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>A change is taken over while the service runs.</summary>
    public bool IsReloaded => Property.IsDefined(typeof(ReloadedAttribute));

    public string Description => Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    public IEnumerable<ValidationAttribute> Rules => Property.GetCustomAttributes<ValidationAttribute>();

    /// <summary>Environment variable that overrides it.</summary>
    public string Variable => ConfigurationLoader.Prefix + Path.Replace('-', '_').Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Keys that a class stands for.</summary>
    public static IReadOnlyList<OptionKey> Of(Type type, string parent = "")
    {
        var keys = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.SetMethod!.IsPublic && property.GetIndexParameters().Length == 0)
            .Select(property => new OptionKey(property, parent))
            .ToArray();
        if (keys.GroupBy(key => Plain(key.Name)).FirstOrDefault(group => group.Count() > 1) is { } twins)
            throw new NotSupportedException($"{type} has two keys that the environment cannot tell apart: {string.Join(", ", twins.Select(key => key.Name))}.");
        return keys;
    }

    /// <summary>All settings below these keys, in order.</summary>
    public static IEnumerable<OptionKey> Settings(IEnumerable<OptionKey> keys) =>
        keys.SelectMany(key => key.IsSection ? Settings(key.Children) : [key]);

    /// <summary>MaxCalls → max-calls, URLBase → url-base.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary>What is left when case and word separators do not count.</summary>
    public static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
