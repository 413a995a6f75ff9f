using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Tests.FastAgi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class SpeechServicesTests
{
    [Test]
    public async Task Nothing_installed_is_reported_and_does_not_crash()
    {
        using var host = Host(new SpeechOptions { ModelsFolder = "/nowhere", Synthesizers = ["unheard-of"] });
        await host.StartAsync();
        var report = host.Services.GetRequiredService<SpeechEnginesReport>();

        Assert.That(report.Engines.Select(e => (e.Name, e.IsAvailable)), Is.EqualTo(new[] { ("moonshine-base", false), ("moonshine-tiny", false), ("unheard-of", false), ("silero-v5", false), ("smart-turn", false), ("minilm", false) }));
        Assert.That(report.CanRecognize || report.CanSpeak || report.IsComplete, Is.False);
        Assert.That(report.Engines[0].Detail, Does.Contain("/nowhere/onnxruntime/libonnxruntime.so").And.Contain("scripts/get-models.sh"));
        Assert.That(host.Services.GetRequiredService<IVoiceActivityDetector>().Name, Is.EqualTo("energy"));
        Assert.That(
            async () => await host.Services.GetRequiredService<ISpeechRecognizer>().RecognizeAsync(new float[16_000], Expectation.Anything, "en-US", CancellationToken.None),
            Throws.TypeOf<SpeechEngineException>());
        await host.StopAsync();
    }

    [Test]
    public async Task Installed_engines_are_found_and_work()
    {
        Sounds.Program("flite");
        Sounds.Program("espeak-ng");
        using var host = Host(new SpeechOptions { ModelsFolder = InstalledModels.Folder, Recognizers = ["moonshine-base", "moonshine-tiny"] });
        await host.StartAsync();
        var report = host.Services.GetRequiredService<SpeechEnginesReport>();

        Assert.That(report.IsComplete, string.Join('\n', report.Engines));
        Assert.That(host.Services.GetRequiredService<ISpeechSynthesizer>().Name, Does.Match(@"^flite-rms-2\.\d+\+espeak-ng-1\.\d+"));
        var prompt = await host.Services.GetRequiredService<ISpeechSynthesizer>().SynthesizeAsync(new("Where is my package?", "en-US"), CancellationToken.None);
        var transcript = await host.Services.GetRequiredService<ISpeechRecognizer>().RecognizeAsync(Sounds.Telephone(prompt), Expectation.Anything, "en-US", CancellationToken.None);
        Assert.That((Sounds.Words(transcript.Text), transcript.Engine), Is.EqualTo(("where is my package", "moonshine-base")));
        await host.StopAsync();
    }

    [Test]
    public async Task Piper_voice_leads_where_it_is_named_and_a_prompt_may_ask_for_another()
    {
        using var host = Host(new SpeechOptions
        {
            ModelsFolder = Path.Combine(Path.GetDirectoryName(InstalledPiper.Model)!, ".."),
            OnnxRuntime = Path.Combine(InstalledModels.Folder, "onnxruntime", "libonnxruntime.so"),
            Recognizers = [],
            Synthesizers = ["piper-" + InstalledPiper.Voice, "flite", "espeak-ng"],
        });
        await host.StartAsync();
        var synthesizer = host.Services.GetRequiredService<ISpeechSynthesizer>();

        var usual = await synthesizer.SynthesizeAsync(new("Where is my package?", "en-US"), CancellationToken.None);
        var asked = await synthesizer.SynthesizeAsync(new("Where is my package?", "en-US") { Voice = "flite-rms" }, CancellationToken.None);
        var german = await synthesizer.SynthesizeAsync(new("Guten Tag.", "de"), CancellationToken.None);

        Assert.That(new[] { usual, asked, german }.Select(spoken => spoken.Engine.Split('-')[0]), Is.EqualTo(new[] { "piper", "flite", "espeak" }));
        Assert.That(synthesizer.LeaderFor(new("Hello.", "en")), Is.EqualTo(usual.Engine));
        await host.StopAsync();
    }

    [Test]
    public async Task Voice_that_is_missing_is_told_with_who_speaks_instead()
    {
        using var lines = new LogLines();
        using var host = Host(new SpeechOptions { ModelsFolder = "/nowhere", Recognizers = [], Synthesizers = ["piper-de_DE-thorsten-medium", "espeak-ng"] }, lines);
        await host.StartAsync();

        Assert.That(lines.ForOperator, Has.One.Matches<string>(line =>
            line!.StartsWith("The voice piper-de_DE-thorsten-medium can't be had, so espeak-ng speaks in its place:", StringComparison.Ordinal) && line.Contains("run scripts/get-voice.sh de_DE-thorsten-medium", StringComparison.Ordinal)));
        await host.StopAsync();
    }

    private static IHost Host(SpeechOptions options, LogLines? lines = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        if (lines is not null)
            builder.Logging.AddProvider(lines);
        builder.Services.AddSingleton(Options.Create(options));
        builder.Services.AddSpeechEngines();
        return builder.Build();
    }
}
