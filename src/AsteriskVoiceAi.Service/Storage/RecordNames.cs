using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>What tables and columns are called, in every kind of database.</summary>
internal static class RecordNames
{
    public const string Calls = "calls";

    public const string Turns = "turns";

    /// <summary>StartedAt → started_at.</summary>
    public static string Column(string property) => OptionKey.Kebab(property).Replace('-', '_');
}
