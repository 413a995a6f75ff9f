using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Finds what someone meant who mistyped a key.</summary>
internal static class NearestKey
{
    /// <summary>Names are short; what is longer than any key is as wrong as it can be.</summary>
    private const int MaxLength = 100;

    /// <summary>The known key with the fewest letters to change, or null when there is none to compare with.</summary>
    public static OptionKey? To(string name, IEnumerable<OptionKey> known) =>
        known.MinBy(key => name.Length > MaxLength ? name.Length : EditDistance.Between(OptionKey.Plain(name), OptionKey.Plain(key.Name)));
}
