namespace AsteriskVoiceAi.Calls.Synthesis.Storage;

/// <summary>The speech on disk, as far as this process knows of it.</summary>
/// <param name="Hits">Pieces that were read.</param>
/// <param name="Dropped">Damaged files, which were removed.</param>
/// <param name="Failures">Times that the disk was full or could not be written or read.</param>
/// <param name="LastError">Why, the last time; null = never.</param>
public sealed record PromptStoreStatus(string Folder, long Bytes, long LimitBytes, long Hits, long Written, long Evicted, long Dropped, long Failures, string? LastError);
