using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Health;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.Service.Systemd;
using AsteriskVoiceAi.Tests.Ari;
using AsteriskVoiceAi.Tests.FastAgi;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Systemd;

/// <summary>The notifier with parts that the test holds, over a real socket.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SystemdNotifierTests
{
    private const string Feed = "WATCHDOG=1";

    [Test]
    public async Task Watchdog_starves_while_a_part_hangs_and_the_log_names_the_part()
    {
        using var rig = new Rig();
        await rig.StartAsync();
        await rig.Manager.UntilAsync("three feeds", lines => lines.Count(line => line == Feed) >= 3);

        rig.Part.Hang();
        await rig.Part.Asked.Soon("the question that finds it hanging");
        var fed = rig.Manager.Count(Feed);
        await rig.Log.UntilAsync(9010);

        // Told after two rounds of silence, in which a healthy service is fed eight times; one may have been on its way.
        Assert.That(rig.Manager.Count(Feed), Is.InRange(fed, fed + 1));
        Assert.That(rig.Log.Lines.Single(line => line.Id.Id == 9010).Text, Does.Contain("the part that hangs"));
        rig.Part.GoOn();
        await rig.Manager.UntilAsync("another feed", lines => lines.Count(line => line == Feed) > fed + 1);
    }

    [Test]
    public async Task Service_that_is_stopping_says_so_with_its_limit_and_is_fed_to_its_end()
    {
        using var rig = new Rig();
        rig.Options.Calls.DrainTimeout = TimeSpan.FromSeconds(100);
        await rig.StartAsync();
        await rig.Manager.UntilToldAsync("READY=1");
        // Parts go one after the other now.
        rig.Part.Hang();

        rig.Lifetime.StopApplication();

        await rig.Manager.UntilToldAsync("STOPPING=1");
        // 100 s for the calls, 10 s for the host, 5 s for the process.
        await rig.Manager.UntilToldAsync("EXTEND_TIMEOUT_USEC=115000000");
        await rig.Manager.UntilToldAsync("STATUS=Stopping: 0 calls");
        var fed = rig.Manager.Count(Feed);
        await rig.Manager.UntilAsync("feeds while it drains", lines => lines.Count(line => line == Feed) > fed + 3);
    }

    [Test]
    public async Task Service_without_an_engine_waits_with_its_reason_and_is_not_ready()
    {
        using var rig = new Rig(new(SpeechEngineKind.Synthesis, "flite", IsAvailable: true, ""));

        await rig.StartAsync();

        await rig.Manager.UntilAsync("the reason", lines => lines.Any(line => line.StartsWith("STATUS=Not ready, 0 calls: No speech recognition is available", StringComparison.Ordinal)));
        await rig.Manager.UntilToldAsync("EXTEND_TIMEOUT_USEC=30000000");
        Assert.That(rig.Manager.Count("READY=1"), Is.Zero);
    }

    [Test]
    public async Task Service_is_ready_once_its_engines_are_loaded()
    {
        using var rig = new Rig(isLoaded: false);
        await rig.StartAsync();
        await rig.Manager.UntilAsync("the reason", lines => lines.Any(line => line.StartsWith("STATUS=Not ready, 0 calls: The service is starting", StringComparison.Ordinal)));
        Assert.That(rig.Manager.Count("READY=1"), Is.Zero);

        rig.Loaded();

        await rig.Manager.UntilToldAsync("READY=1");
    }

    [Test]
    public async Task Without_systemd_nobody_is_told()
    {
        using var rig = new Rig(manager: new(null, null));

        await rig.StartAsync();

        Assert.That(rig.Part.Asked.IsCompleted, Is.False);
    }

    private sealed class Rig : IDisposable
    {
        private readonly SystemdNotifier _notifier;
        private readonly EngineReadiness _readiness = new();
        private readonly SpeechEngineStatus[] _engines;

        public Rig(SpeechEngineStatus? only = null, SystemdEnvironment? manager = null, bool isLoaded = true)
        {
            Options.Ari.Enabled = false;
            _engines = only is null
                ? [new(SpeechEngineKind.Synthesis, "flite", IsAvailable: true, ""), new(SpeechEngineKind.Recognition, "moonshine-base", IsAvailable: true, "")]
                : [only];
            if (isLoaded)
                Loaded();
            var readiness = new Readiness(_readiness, new AriStatus(TimeProvider.System), new MediaStatus(), new RecordsStatus(), new DescriptorRoom(NullLogger<DescriptorRoom>.Instance), Options, Lifetime);
            manager ??= new(Manager.Address, TimeSpan.FromMilliseconds(120));
            using var logging = LoggerFactory.Create(builder => builder.AddProvider(Log));
            _notifier = new(manager, [Part], readiness, new CallAdmission(Microsoft.Extensions.Options.Options.Create(Options.Calls), new ListeningStatus(TimeProvider.System)), Options, Lifetime, TimeProvider.System, logging.CreateLogger<SystemdNotifier>());
        }

        public FakeManager Manager { get; } = new();

        public HeldPart Part { get; } = new();

        public VoiceAiOptions Options { get; } = new();

        public ApplicationLifetime Lifetime { get; } = new(NullLogger<ApplicationLifetime>.Instance);

        public NoticedLog Log { get; } = new();

        public void Loaded() => _readiness.SetReady(new(_engines));

        public async Task StartAsync()
        {
            await _notifier.StartingAsync(CancellationToken.None);
            Lifetime.NotifyStarted();
        }

        public void Dispose()
        {
            Part.GoOn();
            _notifier.Dispose();
            Manager.Dispose();
        }
    }

    private sealed class HeldPart : IPulse
    {
        private volatile TaskCompletionSource? _held;
        private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Part => "the part that hangs";

        /// <summary>Ends with the first question after <see cref="Hang"/>, or after the start.</summary>
        public Task Asked => _asked.Task;

        public void Hang()
        {
            _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void GoOn()
        {
            _held?.TrySetResult();
            _held = null;
        }

        public async Task BeatAsync(CancellationToken cancellationToken)
        {
            var held = _held;
            _asked.TrySetResult();
            if (held is not null)
                await held.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class NoticedLog : ILoggerProvider
    {
        private readonly RecordingLogger _log = new();

        public IReadOnlyList<(LogLevel Level, EventId Id, string Text)> Lines => _log.Lines;

        public ILogger CreateLogger(string categoryName) => _log;

        public async Task UntilAsync(int id)
        {
            var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Look()
            {
                if (_log.Count(id) > 0)
                    written.TrySetResult();
            }
            _log.Written += Look;
            Look();
            await written.Task.Soon($"log line {id}");
        }

        public void Dispose() => _log.Dispose();
    }
}
