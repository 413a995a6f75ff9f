using System.CommandLine;
using System.Globalization;
using AsteriskVoiceAi.Audio;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai say</c>: a text as a caller would hear it, in a file.</summary>
internal static class SayCommand
{
    private static readonly Argument<string> Text = new("TEXT") { Description = "What is said: plain text, or with the tags that flow files may use (say-as, break, prosody, sub, lang)." };

    private static readonly Option<string?> Voice = new("--voice") { Description = "One synthesizer by its name in the configuration (flite-slt, espeak-ng, piper-VOICE, …), piper-VOICE/SPEAKER for one of a voice with several. Default: those of the configuration, as in calls.", HelpName = "NAME" };

    private static readonly Option<string?> Language = new("--language") { Description = "Language of the text (BCP 47 tag). Default: calls.language.", HelpName = "TAG" };

    private static readonly Option<double> Speed = new("--speed") { Description = "Pace, 0.5 to 2.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Rate = new("--rate") { Description = "Hz; 8000 is what a telephone line carries.", DefaultValueFactory = _ => 8000 };

    private static readonly Option<string> Out = new("--out") { Description = "The WAV file that is written.", HelpName = "FILE.wav", Required = true };

    public static Command Create()
    {
        Speed.Validators.Add(result =>
        {
            if (result.GetValue(Speed) is not (>= 0.5 and <= 2))
                result.AddError("--speed must be 0.5 to 2.");
        });
        Rate.Validators.Add(result =>
        {
            if (result.GetValue(Rate) is < 8000 or > 48_000)
                result.AddError("--rate must be 8000 to 48000.");
        });
        var say = new Command("say", "Speak a text into a WAV file, just as a caller would hear it, and show the words that the engine was given.") { Text, Voice, Language, Speed, Rate, Out };
        say.SetAction(RunAsync);
        return say;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (ServeCommand.LoadOrExplain(parsed) is not { } options)
            return ExitCodes.BadConfiguration;
        if (PromptRenderer.Problem(parsed.GetValue(Text)!) is { } problem)
        {
            await error.WriteLineAsync($"TEXT: {problem}");
            return ExitCodes.Failed;
        }
        if (parsed.GetValue(Voice) is { } voice)
            options.Speech.Synthesizers = [voice.Split('/')[0]];
        var prompt = new Prompt(PromptRenderer.TextOf(parsed.GetValue(Text)!), parsed.GetValue(Language) ?? options.Calls.Language, parsed.GetValue(Speed)) { Voice = parsed.GetValue(Voice) };
        await using var engines = Engines(options);
        foreach (var missing in engines.GetRequiredService<SpeechEnginesReport>().Engines.Where(found => !found.IsAvailable && found.Kind == SpeechEngineKind.Synthesis))
            await error.WriteLineAsync($"{missing.Name}: {missing.Detail}");
        try
        {
            var synthesizer = engines.GetRequiredService<ISpeechSynthesizer>();
            var spoken = await new PromptRenderer(synthesizer).RenderAsync(prompt, parsed.GetValue(Rate), cancellationToken);
            await File.WriteAllBytesAsync(parsed.GetValue(Out)!, WavFile.Write(spoken.Samples.Span, spoken.SampleRate), cancellationToken);
            foreach (var words in PromptRenderer.Spoken(prompt))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(words);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(Out)}: {spoken.Duration.TotalSeconds:0.0} s by {synthesizer.Name}, {spoken.SampleRate} Hz"));
            return ExitCodes.Ok;
        }
        catch (Exception failed) when (failed is SpeechEngineException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(failed.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The synthesizers, without what only hears.</summary>
    private static ServiceProvider Engines(VoiceAiOptions options)
    {
        options.Speech.Recognizers = [];
        options.Speech.TurnDetector = "none";
        return new ServiceCollection().AddLogging().AddSingleton(Options.Create(options.Speech)).AddSpeechEngines().BuildServiceProvider();
    }
}
