namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>The same call by several extensions or with several settings, side by side: a call is mostly waiting.</summary>
internal static class WaysIn
{
    /// <summary>The demo flow by FastAGI and by ARI.</summary>
    public static readonly string[] Both = ["104", "105"];

    /// <summary>Runs all to their ends; a failure names the one that it belongs to.</summary>
    public static Task EachAsync(IEnumerable<string> extensions, Func<string, Task> call) => Task.WhenAll(extensions.Select(async extension =>
    {
        try
        {
            await call(extension);
        }
        catch (Exception failed) when (failed is not InconclusiveException and not IgnoreException)
        {
            throw new AssertionException($"{extension}: {failed.Message}", failed);
        }
    }).ToList());
}
