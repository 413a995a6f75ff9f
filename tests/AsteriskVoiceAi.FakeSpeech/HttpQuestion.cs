using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AsteriskVoiceAi.FakeSpeech;

/// <summary>One HTTP/1.1 request with a Content-Length.</summary>
internal sealed record HttpQuestion(string Target, string Body)
{
    /// <returns>Null: the connection ended.</returns>
    public static async Task<HttpQuestion?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n");
        var length = lines
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture))
            .FirstOrDefault();
        if (lines.Any(line => line.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)))
            throw new NotSupportedException("The client sends its form in chunks, which whisper.cpp's server takes but this one does not.");
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return new(lines[0].Split(' ')[1], Encoding.Latin1.GetString(body).Replace("\"", "", StringComparison.Ordinal));
    }
}
