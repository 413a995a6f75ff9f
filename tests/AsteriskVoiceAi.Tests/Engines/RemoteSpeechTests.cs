using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Engines.Piper;
using AsteriskVoiceAi.Engines.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RemoteSpeechTests
{
    private FakeSpeechServer _server = null!;

    [SetUp]
    public async Task StartServer() => _server = await FakeSpeechServer.StartAsync();

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Text_model_voice_speed_and_key_are_sent()
    {
        using var remote = Remote(new() { Model = "tts-2", Voice = "nova" }, "secret-key");

        var spoken = await remote.SynthesizeAsync(new("Hello\n\"there\".", "en-US", 1.25), CancellationToken.None);

        Assert.That(spoken.Duration.TotalSeconds, Is.EqualTo(0.5).Within(0.02));
        var (body, key) = _server.Asked.Single();
        Assert.That(body.ToString(), Is.EqualTo("""{"model":"tts-2","input":"Hello \u0022there\u0022.","voice":"nova","response_format":"wav","speed":1.25}"""));
        Assert.That((key, remote.Name), Is.EqualTo(("Bearer secret-key", "speech-remote-tts-2-nova")));
    }

    [Test]
    public async Task Piper_server_is_asked_sentence_by_sentence()
    {
        await using var piper = Piper(new() { Url = _server.Url, ServerVoice = "en_US-joe-medium", ServerLanguages = ["en", "de"] });

        var spoken = await piper.SynthesizeAsync(new("Hello. How are you?", "de-AT", 2), CancellationToken.None);

        Assert.That(spoken.Duration.TotalSeconds, Is.EqualTo(1.2).Within(0.05)); // two tones and the pause between
        Assert.That(_server.Asked.Select(asked => asked.Body.ToString()), Is.EqualTo(new[]
        {
            """{"text":"Hello.","voice":"en_US-joe-medium","length_scale":0.5}""", """{"text":"How are you?","voice":"en_US-joe-medium","length_scale":0.5}""",
        }));
        Assert.That((piper.Speaks("de"), piper.Speaks("fr")), Is.EqualTo((true, false)));
        Assert.That(piper.Voices, Is.EqualTo(new[] { "piper-server", "piper-en_US-joe-medium" }));
    }

    [Test]
    public async Task Refused_key_is_told_without_the_key()
    {
        _server.Instead = Results.Text("{\"error\":\"no such key\"}", statusCode: 401);
        using var remote = Remote(new(), "secret-key");

        var failure = await Assert.ThrowsAsync<SpeechEngineException>(() => remote.SynthesizeAsync(new("Hello.", "en"), CancellationToken.None).AsTask());

        Assert.That(failure!.Message, Does.Contain("status 401: '{\"error\":\"no such key\"}'; check speech.remote.key-file").And.Not.Contain("secret-key"));
    }

    [Test]
    public void Answer_that_is_no_sound_is_told()
    {
        _server.Instead = Results.Text("ID3\u0004 mp3");
        using var remote = Remote(new(), null);

        Assert.That(
            async () => await remote.SynthesizeAsync(new("Hello.", "en"), CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("no WAVE file: 'ID3"));
    }

    [Test]
    public async Task Server_that_is_gone_is_told_and_the_next_engine_answers()
    {
        var options = new RemoteSpeechOptions { Url = new(_server.Url, "/v1/audio/speech") };
        await _server.DisposeAsync();
        using var remote = new RemoteSynthesizer(options.Url, null, options);
        using var flite = Sounds.Flite();
        var ladder = new SynthesisLadder(new("synthesis", [remote, flite], static s => s.Name, TimeSpan.FromSeconds(20), "install one", TimeProvider.System, NullLogger.Instance));

        Assert.That((await ladder.SynthesizeAsync(new("Hello.", "en"), CancellationToken.None)).Engine, Is.EqualTo(flite.Name));
    }

    [Test]
    public void Key_file_that_is_empty_or_missing_stops_the_engine()
    {
        var file = Path.GetTempFileName();

        Assert.That(() => KeyFile.Read(file, "speech.remote.key-file"), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("is empty"));
        File.WriteAllText(file, " abc \nsecond line");
        Assert.That(KeyFile.Read(file, "speech.remote.key-file"), Is.EqualTo("abc"));
        File.Delete(file);
        Assert.That(() => KeyFile.Read(file, "speech.remote.key-file"), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("can't be read"));
        Assert.That(KeyFile.Read(null, "speech.remote.key-file"), Is.Null);
    }

    private RemoteSynthesizer Remote(RemoteSpeechOptions options, string? key) => new(new(_server.Url, "/v1/audio/speech"), key, options);

    private static PiperSynthesizer Piper(PiperOptions options)
    {
        using var workers = new EngineWorkers(1, TimeProvider.System);
        using var slots = new SemaphoreSlim(1);
        using var factory = new PiperFactory(new(new SpeechOptions { Piper = options }, workers, slots, TimeProvider.System, NullLogger.Instance));
        return (PiperSynthesizer)factory.Load("piper-server").Engine;
    }
}
