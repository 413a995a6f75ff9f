using AsteriskVoiceAi.CallTests.Support;

namespace AsteriskVoiceAi.CallTests;

/// <summary>Starts the shared lab before the first test and ends it after the last.</summary>
[SetUpFixture]
public sealed class LabOfTheRun
{
    internal static CallLab? Current { get; private set; }

    [OneTimeSetUp]
    public async Task Start() => Current = await CallLab.StartAsync();

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (Current is not null)
            await Current.DisposeAsync();
    }
}
