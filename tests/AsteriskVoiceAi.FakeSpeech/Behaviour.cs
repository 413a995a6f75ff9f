using System.Globalization;

namespace AsteriskVoiceAi.FakeSpeech;

/// <summary>
/// How the fake behaves, read from its model file, one <c>key=value</c> a line:
/// <code>
/// text=hello          what it hears, as whisper-server; {pid} is its process id
/// fault=hang          none, hang, crash, garbage, refuse, huge; of piper also half: dies within its answer
/// after=1             so many good answers come first
/// flood=true          writes to its error output without end
/// </code>
/// </summary>
internal sealed record Behaviour(string Text, string Fault, int After, bool Flood)
{
    public static Behaviour Read(string file)
    {
        var values = File.ReadLines(file).Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new(
            values.GetValueOrDefault("text", "hello").Replace("{pid}", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            values.GetValueOrDefault("fault", "none"),
            int.Parse(values.GetValueOrDefault("after", "0"), CultureInfo.InvariantCulture),
            values.GetValueOrDefault("flood") == "true");
    }
}
