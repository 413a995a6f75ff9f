using System.Collections;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Reload;

/// <summary>A setting that has another value than before. Both are fit to be shown; empty where the key is a secret.</summary>
internal sealed record SettingChange(OptionKey Key, string Old, string New)
{
    public static IReadOnlyList<SettingChange> Between(VoiceAiOptions old, VoiceAiOptions now) =>
        [.. OptionKey.Settings(OptionKey.Of(typeof(VoiceAiOptions))).Select(key => Of(key, old, now)).OfType<SettingChange>()];

    /// <returns>Null = the value is the same.</returns>
    public static SettingChange? Of(OptionKey key, VoiceAiOptions old, VoiceAiOptions now)
    {
        var (before, after) = (Value(key, old), Value(key, now));
        if (IsSame(before, after))
            return null;
        return key.IsSecret ? new(key, "", "") : new(key, OptionValue.Found(OptionValue.Show(before)), OptionValue.Found(OptionValue.Show(after)));
    }

    public static void Copy(OptionKey key, VoiceAiOptions from, VoiceAiOptions to) => key.Property.SetValue(new OptionBinding(to).OwnerOf(key), Value(key, from));

    private static object? Value(OptionKey key, VoiceAiOptions options) => key.Property.GetValue(new OptionBinding(options).OwnerOf(key));

    private static bool IsSame(object? a, object? b) =>
        a is IEnumerable and not string && b is IEnumerable ? ((IEnumerable)a).Cast<object?>().SequenceEqual(((IEnumerable)b).Cast<object?>()) : Equals(a, b);
}
