using System.Net;
using System.Net.Sockets;
using System.Text;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.Tests.Support;

/// <summary>The other end of a call, driven step by step by a test: says on real sockets exactly what it is told to.</summary>
internal sealed class LoopbackPhone : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly UdpClient _sip = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _rtp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private IPEndPoint _caller = new(IPAddress.Loopback, 0);

    public IPEndPoint Address => (IPEndPoint)_sip.Client.LocalEndPoint!;

    public string Description => $"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio {((IPEndPoint)_rtp.Client.LocalEndPoint!).Port} RTP/AVP 0 101\r\n";

    public async Task<SipMessage> ReceiveAsync(string method)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var datagram = await _sip.ReceiveAsync(patience.Token);
            _caller = datagram.RemoteEndPoint;
            if (SipMessage.Parse(datagram.Buffer) is { } message && message.Method == method)
                return message;
        }
    }

    /// <summary>Takes the caller's call.</summary>
    /// <returns>Its INVITE.</returns>
    public async Task<SipMessage> AnswerAsync(SipCaller caller)
    {
        var dialling = caller.CallAsync("100");
        var invite = await ReceiveAsync("INVITE");
        await RespondAsync(invite, "200 OK", Description);
        await dialling;
        await ReceiveAsync("ACK");
        return invite;
    }

    public async Task<byte[]> ReceiveAudioAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return (await _rtp.ReceiveAsync(patience.Token)).Buffer;
    }

    /// <returns>The port that the next packet came from.</returns>
    public async Task<int> ReceiveAudioFromAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return (await _rtp.ReceiveAsync(patience.Token)).RemoteEndPoint.Port;
    }

    public Task SendAudioAsync(byte[] packet, IPEndPoint to) => _rtp.SendAsync(packet, packet.Length, to);

    public Task RespondAsync(SipMessage request, string status, string body = "") =>
        SendAsync($"SIP/2.0 {status}\r\n"
            + $"Via: {request["Via"]}\r\nFrom: {request["From"]}\r\nTo: {request["To"]};tag=there\r\nCall-ID: {request["Call-ID"]}\r\nCSeq: {request["CSeq"]}\r\n"
            + $"Contact: <sip:there@{Address}>\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    public Task RequestAsync(string method, SipMessage invite, string headers = "", string body = "") =>
        SendAsync($"{method} sip:caller@127.0.0.1 SIP/2.0\r\nv: SIP/2.0/UDP {Address};branch=z9hG4bKthere{method}\r\nf: {invite["To"]};tag=there\r\nt: {invite["From"]}\r\n"
            + $"i: {invite["Call-ID"]}\r\nCSeq: 7 {method}\r\n{headers}l: {body.Length}\r\n\r\n{body}");

    public void Dispose()
    {
        _sip.Dispose();
        _rtp.Dispose();
    }

    private async Task SendAsync(string text) => await _sip.SendAsync(Encoding.UTF8.GetBytes(text), _caller);
}
