using System.Text;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>One life of a Piper program, from its start to its end. Says one sentence at a time.</summary>
internal abstract class PiperProcess(LongRunningProgram program, PiperLaunch launch, TimeProvider time) : PooledProcess(program)
{
    /// <summary>A sentence that a caller does not want any more is let finish, if it takes no longer.</summary>
    private static readonly TimeSpan LastSentence = TimeSpan.FromMilliseconds(500);

    private Task _underWay = Task.CompletedTask;

    /// <summary>Starts it and waits until it has said a word: the first one takes longer than the next.</summary>
    /// <exception cref="SpeechEngineException">It did not come up.</exception>
    public static async Task<PiperProcess> StartAsync(PiperLaunch launch, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var file in new[] { launch.Voice.Model, launch.Voice.Model + ".json" })
        {
            if (!File.Exists(file))
                throw new SpeechEngineException($"has no voice: {file} is not there; fetch it with scripts/get-voice.sh");
        }
        PiperProcess process = launch.Kind == PiperKind.Json ? await JsonPiper.StartAsync(launch, time) : await FilePiper.StartAsync(launch, time);
        try
        {
            await process.SayAsync("Hello.", launch.Voice.Speaker, launch.LongestStart).WaitAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says one sentence of at most 300 characters, which has letters or digits and no control characters.</summary>
    /// <exception cref="SpeechEngineException">It broke: it is to be retired.</exception>
    public Task<SpokenPrompt> SayAsync(string text, long speaker, CancellationToken cancellationToken) =>
        SayAsync(text, speaker, launch.LongestWork(text)).WaitAsync(cancellationToken);

    public override async Task<bool> BecomesFreeAsync()
    {
        await Task.WhenAny(_underWay, Task.Delay(LastSentence, time));
        return _underWay.IsCompletedSuccessfully;
    }

    protected abstract Task<SpokenPrompt> AnswerAsync(string text, long speaker, CancellationToken cancellationToken);

    protected async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        await Program.Input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
        await Program.Input.FlushAsync(cancellationToken);
    }

    private Task<SpokenPrompt> SayAsync(string text, long speaker, TimeSpan limit)
    {
        var saying = WithinAsync(text, speaker, limit);
        _underWay = saying;
        return saying;
    }

    private async Task<SpokenPrompt> WithinAsync(string text, long speaker, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        try
        {
            return await AnswerAsync(text, speaker, deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new SpeechEngineException($"did not say a sentence of {text.Length} characters within {limit.TotalSeconds:0.#} s", e);
        }
        // Its pipes broke, so it is about to end.
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            await Task.WhenAny(Program.Ended, Task.Delay(LastSentence, time));
            throw new SpeechEngineException(Program.Ended.IsCompleted ? $"ended with {Program.Ending}; its voice is {launch.Voice.Model}" : "closed its pipes", e);
        }
    }
}
