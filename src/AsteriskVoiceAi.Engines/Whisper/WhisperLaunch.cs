using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>How a server process of one model is started.</summary>
/// <param name="Engine">Name of the recogniser, for messages.</param>
/// <param name="Program">Absolute path.</param>
/// <param name="Model">Absolute path: the program may change its folder.</param>
internal sealed record WhisperLaunch(string Engine, string Program, string Model, int Threads)
{
    /// <summary>A runaway of 220 tokens takes the base model 5 s on an old core; a process that is at work longer hangs.</summary>
    public TimeSpan LongestWork { get; init; } = TimeSpan.FromSeconds(20);

    public const string Advice = "run scripts/install-whisper.sh, or set speech.whisper.program";

    public string ModelAdvice => $"run scripts/get-models.sh {Engine}";

    /// <param name="path">Of the server's addresses. A secret one, so that whatever else takes the port is never mistaken for our server.</param>
    public IReadOnlyList<string> Arguments(int port, string path) =>
    [
        "--model", Model,
        "--threads", Threads.ToString(CultureInfo.InvariantCulture),
        "--host", IPAddress.Loopback.ToString(),
        "--port", port.ToString(CultureInfo.InvariantCulture),
        "--request-path", path,
    ];

    /// <summary>A port that is free now. Should another program take it first, the server ends and is started on another.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
