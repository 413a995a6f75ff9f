using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Media;
using AsteriskVoiceAi.TestSupport.Processes;

[assembly: LevelOfParallelism(3)]

namespace AsteriskVoiceAi.CallTests.Media;

/// <summary>One Asterisk for all tests of the media paths, which run side by side; at their end nothing is left of any call.</summary>
[SetUpFixture]
public sealed class LabOfTheMediaTests
{
    private static MediaLab? _lab;

    internal static MediaLab Lab => _lab ?? throw new InvalidOperationException("The media lab did not start.");

    [OneTimeSetUp]
    public async Task Start()
    {
        if (await AsteriskProcess.WhyMissingAsync() is { } why)
            Missing.Skip(why);
        _lab = await MediaLab.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_lab is null)
            return;
        try
        {
            await _lab.WaitForNothingLeftAsync();
        }
        finally
        {
            await _lab.DisposeAsync();
        }
    }
}
