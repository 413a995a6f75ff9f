namespace AsteriskVoiceAi.Tests.Support;

/// <summary>What a test can't do without.</summary>
internal static class Needed
{
    /// <summary>Skips the test at a desk, fails it on CI.</summary>
    public static void Missing(string what, string fix)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail($"CI must have {what}: {fix}");
        Assert.Ignore($"{what} not installed: {fix}");
    }
}
