using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.SmartTurn;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

internal sealed class SmartTurnDetectorTests
{
    [Test]
    public async Task Finished_sounds_finished_and_unfinished_does_not()
    {
        using var detector = Open();

        var finished = await detector.FinishedAsync(await TurnFeaturesTests.ReadAsync("finished"), CancellationToken.None);
        var unfinished = await detector.FinishedAsync(await TurnFeaturesTests.ReadAsync("unfinished"), CancellationToken.None);
        var chirp = await detector.FinishedAsync(TurnFeaturesTests.Chirp(), CancellationToken.None);

        // The 8-bit model rounds differently on other processors: ranges, not values.
        Assert.That(finished, Is.GreaterThan(0.95));
        Assert.That(unfinished, Is.InRange(0.2, 0.6));
        Assert.That(chirp, Is.LessThan(0.08));
    }

    [Test]
    public async Task Pause_behind_a_long_line_is_decided_without_it()
    {
        using var detector = Open();
        var turn = await TurnFeaturesTests.ReadAsync("finished");

        var asked = Enumerable.Range(0, 12).Select(_ => detector.FinishedAsync(turn, CancellationToken.None).AsTask()).ToList();
        var answers = await Task.WhenAll(asked);

        // One at work and three in line are served, or four where the first was taken up late; a few more as the line moves on.
        Assert.That(answers.Count(answer => answer is not null), Is.InRange(3, 11));
        Assert.That(answers[0], Is.Not.Null);
    }

    [Test]
    public async Task Caller_who_goes_on_takes_the_question_back()
    {
        using var detector = Open();
        var turn = await TurnFeaturesTests.ReadAsync("finished");
        using var goesOn = new CancellationTokenSource();
        var first = detector.FinishedAsync(turn, CancellationToken.None).AsTask();
        var second = detector.FinishedAsync(turn, goesOn.Token).AsTask();

        await goesOn.CancelAsync();

        Assert.That(await first, Is.Not.Null);
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Missing_model_is_said_with_its_place()
    {
        var missing = Assert.Throws<SpeechEngineException>(() => new SmartTurnDetector(InstalledModels.Runtime, "/nowhere/turn.onnx", TimeProvider.System, NullLogger.Instance).Dispose());
        Assert.That(missing!.Message, Does.Contain("/nowhere/turn.onnx"));
    }

    private static SmartTurnDetector Open()
    {
        string[] folders = [InstalledModels.Folder, Repository.PathOf("..", "shared", "models"), Repository.PathOf("..", "..", "shared", "models")];
        var path = folders.Select(folder => Path.Combine(folder, "smart-turn", "smart-turn-v3.2-cpu.onnx")).FirstOrDefault(File.Exists);
        if (path is null)
            Needed.Missing("the turn model", "scripts/get-models.sh smart-turn");
        return new(InstalledModels.Runtime, path!, TimeProvider.System, NullLogger.Instance);
    }
}
