using AsteriskVoiceAi.Calls.Synthesis.Storage;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>What the cache of speech holds and has done since the service started.</summary>
/// <param name="Hits">Pieces that were in memory, or on their way.</param>
/// <param name="Misses">The others.</param>
/// <param name="Made">Pieces that an engine made.</param>
/// <param name="Cancelled">Pieces that nobody waited for any more before they were made.</param>
/// <param name="Failed">Pieces that no engine could make.</param>
/// <param name="Disk">Null = nothing is kept on disk.</param>
public sealed record PromptCacheStatus(
    long Hits, long Misses, long Made, long Cancelled, long Failed, int Entries, long Bytes, long LimitBytes, PromptStoreStatus? Disk);
