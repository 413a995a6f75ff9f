using System.Text.RegularExpressions;
using System.Threading.Channels;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>The Python program: for each line it writes a file into a folder of its own in memory, and then says so on its error output.</summary>
internal sealed partial class FilePiper : PiperProcess
{
    private const int LongestSeconds = 120;

    private readonly SoundFolder _folder;
    private readonly ChannelReader<string> _written;
    private readonly PiperVoice _voice;

    private FilePiper(LongRunningProgram program, PiperLaunch launch, SoundFolder folder, ChannelReader<string> written, TimeProvider time)
        : base(program, launch, time)
    {
        (_folder, _written, _voice) = (folder, written, launch.Voice);
        // It says nothing there; what another version says must not fill the pipe.
        _ = program.Output.CopyToAsync(Stream.Null).ContinueWith(static read => read.Exception, TaskScheduler.Default);
    }

    public static async Task<PiperProcess> StartAsync(PiperLaunch launch, TimeProvider time)
    {
        var folder = SoundFolder.Create();
        // One is expected at a time; a program that floods it loses the oldest.
        var written = Channel.CreateBounded<string>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
        try
        {
            var program = await LongRunningProgram.StartTalkingAsync(launch.Program, launch.FileArguments(folder.Path), PiperLaunch.Variables, Read, PiperKinds.Advice, time);
            _ = program.Ended.ContinueWith(_ => written.Writer.TryComplete(), TaskScheduler.Default);
            return new FilePiper(program, launch, folder, written.Reader, time);
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        void Read(string line)
        {
            if (Wrote().Match(line) is { Success: true } match)
                written.Writer.TryWrite(match.Groups[1].Value);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async Task<SpokenPrompt> AnswerAsync(string text, long speaker, CancellationToken cancellationToken)
    {
        if (_written.TryRead(out var early))
            throw new SpeechEngineException($"wrote {early} without being asked, so its answers can't be told apart any more");
        await WriteLineAsync(text, cancellationToken);
        string path;
        try
        {
            path = await _written.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new EndOfStreamException("its error output ended", e);
        }
        var file = await _folder.TakeAsync(path, (LongestSeconds * _voice.SampleRate * sizeof(short)) + 1024, cancellationToken);
        return WavFile.TryRead(file, out var samples, out var rate) && rate is >= 8_000 and <= 48_000
            ? new(samples, rate)
            : throw new SpeechEngineException($"wrote {file.Length} bytes that are not a WAVE file");
    }

    [GeneratedRegex("^INFO:[^:]+:Wrote (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Wrote();
}
