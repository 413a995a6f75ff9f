using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AsteriskVoiceAi.FakeSpeech;

/// <summary>Answers over HTTP as whisper.cpp's server does, one question at a time, until it misbehaves.</summary>
internal sealed class FakeWhisperServer(int port, string root, Behaviour behaviour)
{
    private readonly SemaphoreSlim _one = new(1);
    private int _answers;

    public async Task RunAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        if (behaviour.Flood)
            _ = Task.Run(FloodAsync);
        while (true)
            _ = ServeAsync(await listener.AcceptTcpClientAsync());
    }

    /// <summary>10 MB a second: more than any pipe holds, and the machine stays usable.</summary>
    private static async Task FloodAsync()
    {
        var line = new string('x', 10_000);
        while (true)
        {
            await Console.Error.WriteLineAsync(line);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await HttpQuestion.ReadAsync(stream) is { } question)
                    await stream.WriteAsync(await AnswerAsync(question));
            }
            catch (IOException)
            {
                // The other side left.
            }
        }
    }

    private async Task<byte[]> AnswerAsync(HttpQuestion question)
    {
        if (question.Target == root + "/health")
            return Http(200, """{"status":"ok"}""");
        if (question.Target != root + "/inference")
            return Http(404, "File Not Found");
        await _one.WaitAsync();
        try
        {
            if (!question.Body.Contains("name=file", StringComparison.Ordinal))
                return Http(400, "Invalid request");
            if (Interlocked.Increment(ref _answers) <= behaviour.After)
                return Good();
            switch (behaviour.Fault)
            {
                case "hang":
                    await new TaskCompletionSource().Task;
                    break;
                case "crash":
                    await Console.Error.WriteLineAsync("terminate called after throwing an instance of 'std::bad_alloc'");
                    Environment.Exit(134);
                    break;
                case "garbage":
                    return Http(200, "\u0001<html>not json");
                case "refuse":
                    return Http(500, """{"error":"failed to process audio"}""");
                case "huge":
                    return Http(200, $$"""{"text":"{{new string('a', 10_000_000)}}"}""");
            }
            return Good();
        }
        finally
        {
            _one.Release();
        }
    }

    private byte[] Good() => Http(200, $$"""
        {"task":"transcribe","language":"english","duration":1.0,"text":" {{behaviour.Text}}\n","segments":[{"id":0,"text":" {{behaviour.Text}}","start":0.0,"end":1.0,"words":[{"word":" {{behaviour.Text}}","start":0.0,"end":0.9,"t_dtw":-1,"probability":0.9}],"temperature":0.0,"avg_logprob":-0.1,"no_speech_prob":0.01}]}
        """);

    private static byte[] Http(int status, string body) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
}
