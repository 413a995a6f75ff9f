using System.Buffers.Binary;
using System.Text.Json;

namespace AsteriskVoiceAi.FakeSpeech;

/// <summary>
/// Speaks as the C++ program of rhasspy does: a JSON object a line in, a WAVE file each out, and it aborts with status 134 where that one does.
/// Each character is 20 ms of a tone; the first two samples hold the process id, 15 bits each.
/// </summary>
internal static class FakePiper
{
    private const int Aborted = 134;
    private const int Rate = 22_050;

    private static readonly string[] Help =
    [
        "", "usage: piper [options]", "", "options:", "   -h  --help                  show this message and exit", "   -m  FILE  --model   FILE    path to onnx model file",
        "   -f  FILE  --output_file FILE  path to output WAV file ('-' for stdout)", "   --output_raw                output raw audio to stdout as it becomes available",
        "   --json-input                stdin input is lines of JSON instead of plain text", "",
    ];

    public static bool IsMeant(string[] arguments) => arguments.Contains("--json-input") || arguments.Contains("--help");

    public static int Run(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            foreach (var line in Help)
                Console.Error.WriteLine(line);
            return 0;
        }
        var model = arguments[Array.IndexOf(arguments, "-m") + 1];
        if (!File.Exists(model) || !File.Exists(model + ".json"))
            return Abort("std::runtime_error", "Voice config doesn't exist");
        using var config = JsonDocument.Parse(File.ReadAllText(model + ".json"));
        var speakers = config.RootElement.GetProperty("num_speakers").GetInt32();
        var behaviour = Behaviour.Read(model);
        using var output = Console.OpenStandardOutput();
        for (var answers = 0; Console.In.ReadLine() is { } line; answers++)
        {
            if (Read(line) is not { } question || !question.TryGetProperty("text", out var text))
                return Abort("nlohmann::json::type_error", "[json.exception.type_error.302] type must be string, but is null");
            if (speakers == 1 && question.TryGetProperty("speaker_id", out _))
                return Abort("Ort::Exception", "Invalid Feed Input Name:sid");
            var speaker = question.TryGetProperty("speaker_id", out var number) ? number.GetInt32() : 0;
            var fault = answers >= behaviour.After ? behaviour.Fault : "none";
            if (fault is "hang")
                Thread.CurrentThread.Join(); // never ends
            if (fault is "crash")
                return Abort("std::bad_alloc", "std::bad_alloc");
            // In C++ the text ends at a zero character.
            var sound = Sound(text.GetString()!.Split('\0')[0], speaker);
            output.Write(fault switch { "garbage" => new byte[100], "huge" => Header(int.MaxValue), "half" => sound[..(sound.Length / 2)], _ => sound });
            output.Flush();
            if (fault is "half")
                return Abort("std::bad_alloc", "std::bad_alloc");
        }
        return 0;
    }

    private static JsonElement? Read(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Abort(string exception, string what)
    {
        Console.Error.WriteLine($"terminate called after throwing an instance of '{exception}'");
        Console.Error.WriteLine($"  what():  {what}");
        return Aborted;
    }

    private static byte[] Sound(string text, int speaker)
    {
        var samples = new short[text.Any(char.IsLetterOrDigit) ? text.Length * Rate / 50 : 0];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 440 * (speaker + 1) * i / Rate));
        if (samples.Length > 1)
            (samples[0], samples[1]) = ((short)(Environment.ProcessId & 0x7FFF), (short)(Environment.ProcessId >> 15));
        var file = Header(samples.Length * sizeof(short));
        Array.Resize(ref file, file.Length + (samples.Length * sizeof(short)));
        Buffer.BlockCopy(samples, 0, file, 44, samples.Length * sizeof(short));
        return file;
    }

    private static byte[] Header(int size)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), unchecked(size + 36));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), size);
        return header;
    }
}
