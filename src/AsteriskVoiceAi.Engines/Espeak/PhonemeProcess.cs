using System.Text;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Espeak;

/// <summary>
/// An espeak-ng that turns lines of text into phonemes and is never ended between them: 4 ms a sentence instead of 14. A child process, not a
/// library: its licence (GPL-3) and its crashes stay its own.
/// </summary>
internal sealed class PhonemeProcess : PooledProcess
{
    /// <summary>A word of no language. What is said of it, learned at start, ends each answer: a line may become several lines, or an empty one.</summary>
    private const string EndWord = "zqxv";

    /// <summary>Its reader cuts lines at 999 bytes.</summary>
    private const int LongestLine = 900;

    private const string Advice = "install it with: apt-get install espeak-ng";

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    /// <summary>Five hundred times the usual.</summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(2);

    private readonly StreamReader _output;
    private readonly TimeProvider _time;
    private string _end = "";

    private PhonemeProcess(LongRunningProgram program, TimeProvider time)
        : base(program)
    {
        _output = new(program.Output, Encoding.UTF8);
        _time = time;
    }

    /// <param name="path">Of espeak-ng.</param>
    /// <param name="voice">One of its voices: <c>en-us</c>.</param>
    /// <exception cref="SpeechEngineException">It did not come up, or has no such voice.</exception>
    public static async Task<PhonemeProcess> StartAsync(string path, string voice, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] arguments = ["-q", "--ipa", "-v", voice];
        var program = await LongRunningProgram.StartTalkingAsync(path, arguments, null, null, Advice, time);
        var process = new PhonemeProcess(program, time);
        try
        {
            await process.LearnEndWordAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>IPA of each line. It answers within milliseconds, so a caller who leaves does not stop it.</summary>
    /// <exception cref="SpeechEngineException">It broke: it is to be retired.</exception>
    public async Task<IReadOnlyList<string>> SpellAsync(IReadOnlyList<string> lines)
    {
        using var limit = new CancellationTokenSource(LongestWork, _time);
        return await AnswerAsync(
            async () =>
            {
                await WriteAsync(lines.SelectMany(line => new[] { Safe(line), EndWord }), limit.Token);
                List<string> answers = [];
                foreach (var _ in lines)
                    answers.Add(await ReadToEndWordAsync(limit.Token));
                return answers;
            });
    }

    /// <summary>It is free as soon as it has answered.</summary>
    public override Task<bool> BecomesFreeAsync() => Task.FromResult(IsUp);

    /// <summary>Twice, to be sure that it always says the same.</summary>
    private async Task LearnEndWordAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestStart, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        _end = await AnswerAsync(
            async () =>
            {
                await WriteAsync([EndWord, EndWord], stop.Token);
                var (first, second) = (await ReadLineAsync(stop.Token), await ReadLineAsync(stop.Token));
                return first.Length > 0 && first == second ? first : throw new SpeechEngineException($"says '{EndWord}' first as '{first}', then as '{second}'");
            });
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<TAnswer> AnswerAsync<TAnswer>(Func<Task<TAnswer>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException e)
        {
            throw new SpeechEngineException("did not answer in time", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new SpeechEngineException($"ended with {await EndingAsync()}", e);
        }
    }

    private async Task WriteAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await Program.Input.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'), cancellationToken);
        await Program.Input.FlushAsync(cancellationToken);
    }

    private async Task<string> ReadToEndWordAsync(CancellationToken cancellationToken)
    {
        List<string> clauses = [];
        while (await ReadLineAsync(cancellationToken) is var line && line != _end)
        {
            if (line.Length > 0)
                clauses.Add(line);
        }
        return string.Join(' ', clauses);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (await _output.ReadLineAsync(cancellationToken) is { } line)
            return line.Trim();
        throw new SpeechEngineException($"ended with {await EndingAsync()}");
    }

    /// <summary>Its pipes broke, so it is about to end.</summary>
    private async Task<string> EndingAsync()
    {
        await Task.WhenAny(Program.Ended, Task.Delay(LongestWork, _time));
        return Program.Ended.IsCompleted ? $"{Program.Ending}; {Advice}" : "closed pipes";
    }

    /// <summary>One line that it reads whole, and in which nobody's text ends the answer.</summary>
    private static string Safe(string line)
    {
        var plain = line.Replace(EndWord, "z q x v ", StringComparison.OrdinalIgnoreCase).ReplaceLineEndings(" ");
        return Encoding.UTF8.GetByteCount(plain) <= LongestLine ? plain : throw new SpeechEngineException($"can't read a clause of {plain.Length} characters");
    }
}
