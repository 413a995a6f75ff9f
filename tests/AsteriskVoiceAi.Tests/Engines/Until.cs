using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>For engines whose process has just broken: until the next one is up, questions are refused at once.</summary>
internal static class Until
{
    /// <summary>The first answer.</summary>
    public static async Task<T> AnsweredAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask(TestContext.CurrentContext.CancellationToken);
            }
            catch (SpeechEngineException)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>The first failure with these words.</summary>
    public static async Task<string> FailedAsync<T>(Func<CancellationToken, Task<T>> ask, string said)
    {
        while (true)
        {
            try
            {
                await ask(TestContext.CurrentContext.CancellationToken);
            }
            catch (SpeechEngineException e) when (e.Message.Contains(said, StringComparison.Ordinal))
            {
                return e.Message;
            }
            catch (SpeechEngineException)
            {
                await Task.Yield();
            }
        }
    }
}
