using System.ComponentModel.DataAnnotations;
using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Tests.Media;

[TestFixture]
public sealed class MediaOptionsTests
{
    [Test]
    public void Defaults_are_valid() => Assert.That(Problems(new MediaOptions()), Is.Empty);

    [TestCase(TransportChoice.Audiosocket, FormatChoice.Ulaw, "slin")]
    [TestCase(TransportChoice.Rtp, FormatChoice.Slin16, "Asterisk drops")]
    public void Codec_that_the_transport_does_not_carry_is_refused(TransportChoice transport, FormatChoice format, string told) =>
        Assert.That(Problems(new MediaOptions { Transport = transport, Format = format }), Has.One.Contains(told));

    [Test]
    public void Listening_without_a_password_is_refused() =>
        Assert.That(Problems(new MediaOptions { Websocket = WebSocketDirection.Listen }), Has.One.Contains("websocket_client.conf"));

    [Test]
    public void Certificate_without_its_key_is_refused() =>
        Assert.That(Problems(new MediaOptions { ListenCertificateFile = "/x.pem" }), Has.One.Contains("together"));

    [Test]
    public void Files_that_are_not_there_are_told() =>
        Assert.That(
            Problems(new MediaOptions { Websocket = WebSocketDirection.Listen, ListenPasswordFile = "/no/such/password" }),
            Has.One.Contains("/no/such/password"));

    private static string[] Problems(MediaOptions options) => [.. options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage!)];
}
