using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Tests.FastAgi;
using AsteriskVoiceAi.Tests.Flows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Synthesis;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FlowVoiceCheckTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-flows-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [TestCase("voice: piper-joe", "Flow main asks for the voice piper-joe, which is not there (there are flite-rms); flite-rms-2.2 speaks instead. Name it in speech.synthesizers, and see `voiceai voices` for what it needs")]
    [TestCase("voice: flite-rms", "")]
    [TestCase("", "")]
    [TestCase("language: fr-FR", "Flow main is in fr-FR, which no synthesizer speaks: its callers will hear nothing. Install espeak-ng, or name a voice for it in speech.synthesizers")]
    public async Task Voice_that_is_not_there_is_told_when_the_flow_is_loaded(string line, string said)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "main.yaml"), FlowTexts.Small.Replace("flow: main", "flow: main\n" + line, StringComparison.Ordinal));
        using var flows = new FlowCatalog(new FlowsOptions { Folder = _folder.FullName }, TimeProvider.System, NullLogger<FlowCatalog>.Instance);
        using var lines = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        var check = new FlowVoiceCheck(flows, new English(), factory.CreateLogger<FlowVoiceCheck>());

        await check.StartAsync(CancellationToken.None);

        Assert.That(lines.ForOperator, Is.EqualTo(said.Length == 0 ? Array.Empty<string>() : [said]));
    }

    private sealed class English : ISpeechSynthesizer
    {
        public string Name => "flite-rms-2.2";

        public IReadOnlyList<string> Voices { get; } = ["flite-rms"];

        public bool Speaks(string language) => language.StartsWith("en", StringComparison.Ordinal);

        public ValueTask<SpokenPrompt> SynthesizeAsync(Prompt prompt, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
