using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Logs;
using AsteriskVoiceAi.Service.Reload;
using AsteriskVoiceAi.Tests.Ari;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Reload;

/// <summary>What becomes of a changed voiceai.yaml while the service runs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LiveSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly RecordingLogger _log = new();
    private readonly ILoggerFactory _logs;
    private readonly LogLevels _levels = new(LogLevel.Information);

    public LiveSettingsTests() => _logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));

    public void Dispose()
    {
        File.Delete(_file);
        _logs.Dispose();
        _log.Dispose();
    }

    [Test]
    public void Setting_that_can_change_changes_for_everything_that_reads_it()
    {
        var (running, settings) = Start("calls: { max-calls: 10 }");
        var calls = running.Calls;

        Write("calls: { max-calls: 25, no-input-after: 7s }\nlog: { level: debug }");
        Assert.That(settings.Reload(), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((calls.MaxCalls, calls.NoInputAfter, _levels.Least), Is.EqualTo((25, TimeSpan.FromSeconds(7), LogLevel.Debug)));
            Assert.That(Lines, Is.EqualTo(new[]
            {
                "Information calls.max-calls is 25 from now on; it was 10",
                "Information calls.no-input-after is 7s from now on; it was 5s",
                "Information log.level is debug from now on; it was information",
            }));
        }
    }

    [Test]
    public void Setting_that_needs_a_restart_is_named_once_with_both_values()
    {
        var (running, settings) = Start("fastagi: { port: 4573 }");

        Write("fastagi: { port: 4600 }");
        settings.Reload();
        Assert.That(settings.Reload(), Is.False);
        Write("fastagi: { port: 4573 }");
        settings.Reload();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.FastAgi.Port, Is.EqualTo(4573));
            Assert.That(Lines, Is.EqualTo(new[]
            {
                "Warning fastagi.port has changed from 4573 to 4600; that applies after a restart",
                "Information fastagi.port is again what runs: no restart is needed for it",
            }));
        }
    }

    [Test]
    public void Secret_is_never_shown()
    {
        var (_, settings) = Start("ari: { password: first-secret }");

        Write("ari: { password: other-secret }\nspeech: { language-model: { url: 'http://voiceai:hidden@10.0.0.7/v1' } }");
        settings.Reload();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines, Has.Some.EqualTo("Warning ari.password has changed; that applies after a restart"));
            Assert.That(Lines, Has.Some.Contains("language-model.url is http://…@10.0.0.7/v1 from now on; it was none"));
            Assert.That(Lines, Has.None.Contains("secret").And.None.Contains("hidden"));
        }
    }

    [Test]
    public void Broken_file_changes_nothing_and_is_told_as_at_start()
    {
        var (running, settings) = Start("calls: { max-calls: 10 }");

        Write("calls:\n  max-calls: 20\n  max-cals: 30\n");
        Assert.That(settings.Reload(), Is.True);

        var atStart = ConfigurationLoader.Load(_file, new Dictionary<string, string>()).Problems.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.Calls.MaxCalls, Is.EqualTo(10));
            Assert.That(Lines[0], Is.EqualTo($"Error {atStart}"));
            Assert.That(Lines[0], Does.Contain("line 3"));
            Assert.That(Lines[1], Does.StartWith("Error The settings in ").And.Contain("nothing was changed"));
        }

        Write("calls: { max-calls: 20 }");
        settings.Reload();
        Assert.That(running.Calls.MaxCalls, Is.EqualTo(20));
    }

    [Test]
    public void Environment_still_wins_over_the_file()
    {
        var (running, settings) = Start("calls: { max-calls: 10 }", new Dictionary<string, string> { ["VOICEAI__CALLS__MAX_CALLS"] = "5" });

        Write("calls: { max-calls: 20 }");

        Assert.That(settings.Reload(), Is.False);
        Assert.That(running.Calls.MaxCalls, Is.EqualTo(5));
    }

    private IReadOnlyList<string> Lines => [.. _log.Lines.Select(line => $"{line.Level} {line.Text.Trim()}")];

    private (VoiceAiOptions Running, LiveSettings Settings) Start(string yaml, Dictionary<string, string>? environment = null)
    {
        Write(yaml);
        var file = new ConfigurationFile(_file, environment ?? []);
        var running = file.Read().Options;
        return (running, new LiveSettings(running, file, _levels, _logs.CreateLogger<LiveSettings>()));
    }

    private void Write(string yaml) => File.WriteAllText(_file, yaml);
}
