using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Calls.Synthesis.Storage;
using AsteriskVoiceAi.Tests.Calls;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Synthesis;

internal sealed class PromptPreparationTests
{
    private const string Flow = """
        flow: main
        greeting: Thanks for calling, {customer}. You have $5. How can I help?
        variables: { customer: friend }
        intents:
          billing: { title: the billing desk, examples: [billing, my bill], do: [{say: "One<break time='1s'/>two."}, return] }
          operator: { examples: [operator, a person], do: [return] }
        """;

    [Test]
    public async Task What_a_flow_says_to_everybody_is_made_and_kept_when_it_is_loaded_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-preparation-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "main.yaml"), Flow);
            using var flows = new FlowCatalog(new FlowsOptions { Folder = folder.FullName, Reload = false }, TimeProvider.System, NullLogger<FlowCatalog>.Instance);
            var voice = new FakeVoice(() => { });
            await using var store = new PromptStore(Path.Combine(folder.FullName, "kept"), 10 << 20, TimeProvider.System, NullLogger.Instance);
            await using var cache = new PromptCache(voice, store: store);
            var log = new PreparedLog();
            using var preparation = new PromptPreparation(flows, cache, log);

            await preparation.StartAsync(CancellationToken.None);
            await log.Prepared.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await preparation.StopAsync(CancellationToken.None);
            await store.FlushAsync();

            // Sentences around a variable, texts with silences in pieces, questions, and what is said when something is broken.
            Assert.That(voice.Asked, Does.Contain("You have five dollars.").And.Contain("How can I help?").And.Contain("One").And.Contain("two.").And.Contain("Did you want the billing desk?").And.Contain("Goodbye."));
            Assert.That(voice.Asked, Has.None.Contain("calling"));
            var kept = new PromptFolder(Path.Combine(folder.FullName, "kept")).Files().Select(file => PromptFolder.Describe(file)!.Value.Text);
            Assert.That(kept, Is.EquivalentTo(voice.Asked.Distinct()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Tells when a flow is ready.</summary>
    private sealed class PreparedLog : Microsoft.Extensions.Logging.ILogger<PromptPreparation>
    {
        public TaskCompletionSource Prepared { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 6003)
                Prepared.TrySetResult();
        }
    }
}
