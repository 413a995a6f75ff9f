using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Tests.Logs;

/// <summary>Lines as an operator's tools get them.</summary>
internal sealed class LogFormatTests
{
    [Test]
    public void Journal_gets_one_line_with_a_priority_for_a_message_of_many_lines()
    {
        var text = Written(LogFormat.Systemd, LogLevel.Error, "first\nsecond", new InvalidOperationException("broke\nin two"));

        Assert.That(text.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1).And.All.StartsWith("<3>"), text);
        Assert.That(text, Does.Contain("first second").And.Contain("broke in two").And.Contain("call c1"));
    }

    [TestCase(LogLevel.Critical, 2)]
    [TestCase(LogLevel.Error, 3)]
    [TestCase(LogLevel.Warning, 4)]
    [TestCase(LogLevel.Information, 6)]
    [TestCase(LogLevel.Debug, 7)]
    [TestCase(LogLevel.Trace, 7)]
    public void Level_becomes_the_journal_s_priority(LogLevel level, int priority) => Assert.That(Written(LogFormat.Systemd, level, "words"), Does.StartWith($"<{priority}>"));

    [TestCase(LogFormat.Text)]
    [TestCase(LogFormat.Json)]
    public void Line_has_the_call_s_id(LogFormat format)
    {
        var text = Written(format, LogLevel.Warning, "first\nsecond");
        Assert.That(text.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1));
        Assert.That(text, Does.Contain(format == LogFormat.Json ? "\"CallId\":\"c1\"" : "call c1"));
    }

    [Test]
    public void Call_that_two_layers_name_is_named_once()
    {
        using var factory = new LoggerFactory([], new LoggerFilterOptions());
        var log = factory.CreateLogger("test");
        using (CallLogScope.Begin(log, "c1"))
        {
            Assert.That(CallLogScope.Begin(log, "c1"), Is.Null);
            using (CallLogScope.Begin(log, "c2"))
                Assert.That(CallLogScope.Current, Is.EqualTo("c2"));
            Assert.That(CallLogScope.Current, Is.EqualTo("c1"));
        }
        Assert.That(CallLogScope.Current, Is.Null);
    }

    [TestCase("8:12345", "socket:[12345]", true)]
    [TestCase("8:12345", "pipe:[12345]", false)]
    [TestCase("8:12345", "socket:[99]", false)]
    [TestCase("8:", "socket:[]", false)]
    [TestCase("12345", "socket:[12345]", false)]
    [TestCase("", "", false)]
    [TestCase(null, "socket:[12345]", false)]
    public void Journal_is_recognised_by_its_socket(string? variable, string output, bool ours) => Assert.That(JournalStream.IsOurs(variable, output), Is.EqualTo(ours));

    [Test]
    public void Level_changes_for_loggers_that_exist()
    {
        using var services = Services(new LogOptions { Level = LogLevel.Information });
        var log = services.GetRequiredService<ILogger<LogFormatTests>>();
        var framework = services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.Hosting");
        var levels = services.GetRequiredService<LogLevels>();

        Assert.That((log.IsEnabled(LogLevel.Debug), log.IsEnabled(LogLevel.Information), framework.IsEnabled(LogLevel.Information)), Is.EqualTo((false, true, false)));
        levels.Least = LogLevel.Debug;
        Assert.That((log.IsEnabled(LogLevel.Trace), log.IsEnabled(LogLevel.Debug), framework.IsEnabled(LogLevel.Debug)), Is.EqualTo((false, true, true)));
        levels.Least = LogLevel.Error;
        Assert.That((log.IsEnabled(LogLevel.Warning), log.IsEnabled(LogLevel.Error), framework.IsEnabled(LogLevel.Warning)), Is.EqualTo((false, true, false)));
    }

    private static ServiceProvider Services(LogOptions options) => new ServiceCollection().AddLogging(logging => logging.AddLogFormat(options)).BuildServiceProvider();

    private static string Written(LogFormat format, LogLevel level, string message, Exception? exception = null)
    {
        using var services = Services(new LogOptions { Format = format });
        var name = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName;
        var formatter = services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
        var scopes = new LoggerExternalScopeProvider();
        var entry = new LogEntry<string>(level, "Category", new EventId(1), message, exception, (state, _) => state);
        using var text = new StringWriter();
        var log = new ScopedLogger(scopes);
        using (CallLogScope.Begin(log, "c1"))
            formatter.Write(in entry, scopes, text);
        return text.ToString();
    }

    private sealed class ScopedLogger(LoggerExternalScopeProvider scopes) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => false;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }
    }
}
