using System.Buffers.Binary;
using System.Text.Json;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>The C++ program of rhasspy: for each line with a JSON object it writes one WAVE file, whose header tells where it ends.</summary>
internal sealed class JsonPiper : PiperProcess
{
    // "RIFF", size (4 bytes, little-endian), "WAVE", "fmt ", 16 (4), 1 = linear (2), channels (2), rate (4), bytes a second (4),
    // bytes a frame (2), bits (2), "data", size (4): 44 bytes
    private const int HeaderBytes = 44;
    private const int SizeAt = 40;
    private const int LongestSeconds = 120;

    private readonly LongRunningProgram _program;
    private readonly PiperVoice _voice;

    private JsonPiper(LongRunningProgram program, PiperLaunch launch, TimeProvider time)
        : base(program, launch, time) => (_program, _voice) = (program, launch.Voice);

    public static async Task<PiperProcess> StartAsync(PiperLaunch launch, TimeProvider time) => new JsonPiper(
        await LongRunningProgram.StartTalkingAsync(launch.Program, launch.JsonArguments, PiperLaunch.Variables, null, PiperKinds.Advice, time), launch, time);

    protected override async Task<SpokenPrompt> AnswerAsync(string text, long speaker, CancellationToken cancellationToken)
    {
        // It aborts over the number of a speaker when the voice has only one.
        await WriteLineAsync(
            JsonSerializer.Serialize(new JsonPiperQuestion(text, _voice.Config.Speakers > 1 ? speaker : null), JsonPiperWords.Default.JsonPiperQuestion),
            cancellationToken);
        var header = new byte[HeaderBytes];
        await _program.Output.ReadExactlyAsync(header, cancellationToken);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(SizeAt));
        // Before its sound is waited for: a wrong size would be waited for in vain.
        if (!header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(36, 4).SequenceEqual("data"u8) || size < 0 || size > LongestSeconds * _voice.SampleRate * sizeof(short))
            throw new SpeechEngineException($"answered with something that is not the header of a sentence: {Convert.ToHexString(header)}");
        var file = new byte[HeaderBytes + size];
        header.CopyTo(file, 0);
        await _program.Output.ReadExactlyAsync(file.AsMemory(HeaderBytes), cancellationToken);
        return WavFile.TryRead(file, out var samples, out var rate) && rate is >= 8_000 and <= 48_000
            ? new(samples, rate)
            : throw new SpeechEngineException($"answered with a WAVE file of another kind: {Convert.ToHexString(header)}");
    }
}
