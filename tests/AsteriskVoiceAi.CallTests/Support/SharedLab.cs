namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>One lab for all tests that leave it as they found it. Each test ends with nothing left of its calls.</summary>
[NonParallelizable]
public abstract class SharedLab
{
    private protected static CallLab Lab => LabOfTheRun.Current ?? throw new InvalidOperationException("The lab did not start.");

    [TearDown]
    public async Task Leave_nothing_behind() => await Lab.WaitForNothingLeftAsync();
}
