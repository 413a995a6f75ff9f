namespace AsteriskVoiceAi.Service.AsteriskFiles;

/// <summary>A <c>key=value</c> or <c>key => value</c> of a section.</summary>
/// <param name="Index">Of its line in <paramref name="File"/>.</param>
internal sealed record ConfigEntry(string Key, string Value, ConfigText File, int Index);

/// <summary>A <c>[name]</c> with what is in it; <c>[name](+)</c> is one of its own.</summary>
/// <param name="Templates">Sections that it begins with.</param>
/// <param name="IsTemplate">Marked with <c>!</c>: only for others to begin with.</param>
/// <param name="Header">Index of its line in <paramref name="File"/>.</param>
internal sealed record ConfigSection(string Name, IReadOnlyList<string> Templates, bool IsTemplate, ConfigText File, int Header)
{
    public List<ConfigEntry> Entries { get; } = [];
}
