using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.CallTests.Failures;

/// <summary>Recognisers that break in the middle of a call: real processes with real HTTP, and chosen faults, before one that works.</summary>
[NonParallelizable]
public sealed class EngineFaultTests
{
    /// <summary>After good answers: the process is asked once by itself, and the engine once when the service starts.</summary>
    private static readonly Dictionary<string, string> Faults = new()
    {
        ["crash"] = "fault=crash",
        ["garbage"] = "fault=garbage",
        ["flood"] = "fault=refuse\nflood=true",
        ["hang"] = "fault=hang",
    };

    private DirectoryInfo _models = null!;
    private CallLab _lab = null!;

    [OneTimeSetUp]
    public async Task StartLab()
    {
        _models = Directory.CreateTempSubdirectory("voiceai-broken-models-");
        foreach (var folder in Directory.EnumerateDirectories(Ear.ModelsFolder).Where(folder => Path.GetFileName(folder) != "whisper"))
            Directory.CreateSymbolicLink(Path.Combine(_models.FullName, Path.GetFileName(folder)), folder);
        var whisper = _models.CreateSubdirectory("whisper");
        foreach (var (name, behaviour) in Faults)
            await File.WriteAllTextAsync(Path.Combine(whisper.FullName, $"ggml-{name}.bin"), $"after=2\n{behaviour}\n");
        _lab = await CallLab.StartAsync(_ => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>
        {
            ["SPEECH__MODELS_FOLDER"] = _models.FullName,
            ["SPEECH__WHISPER__PROGRAM"] = FakeSpeechProgram.Path,
            ["SPEECH__WHISPER__PROCESSES"] = "1",
            ["SPEECH__RECOGNIZERS"] = string.Join(',', Faults.Keys.Select(name => "whisper-" + name)) + ",moonshine-base",
            ["SPEECH__RECOGNITION_BUDGET"] = "1s",
        }));
    }

    [OneTimeTearDown]
    public async Task StopLab()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
        _models.Delete(recursive: true);
    }

    [Test]
    public async Task Caller_is_understood_while_engines_crash_hang_flood_answer_garbage_and_lose_their_models()
    {
        await using var call = await _lab.CallAsync("805");
        Said.Contains(await call.HearAsync(), "how can I help");

        // From now on none that ends can be started again.
        foreach (var model in _models.GetFiles("whisper/*.bin"))
            model.Delete();
        await call.SayAsync("What are your opening hours?");
        Said.Contains(await call.HearAsync(), "open");
        await call.SayAsync("I want to pay my bill.");

        var ended = await _lab.Live.WaitForAsync<CallEvent.Ended>(_ => true, TimeSpan.FromSeconds(30));
        Assert.That(ended.Next, Is.EqualTo("602@billing"));
        Assert.That(_lab.Live.Seen.OfType<CallEvent.Heard>().Select(heard => heard.Engine), Is.All.EqualTo("moonshine-base"));
        foreach (var name in Faults.Keys)
            Assert.That(_lab.Service.Lines, Has.Some.Contains($"whisper-{name}").And.Contains("recognition"), name);
        await call.Caller.HangUpAsync();
        await _lab.WaitForNothingLeftAsync();
    }
}
