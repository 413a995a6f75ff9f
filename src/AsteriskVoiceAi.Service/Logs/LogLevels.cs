using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AsteriskVoiceAi.Service.Logs;

/// <summary>The least level that is written. May change while the service runs. Thread-safe.</summary>
internal sealed class LogLevels(LogLevel least) : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private volatile CancellationTokenSource _changed = new();
    private volatile int _least = (int)least;

    public string Name => Options.DefaultName;

    public LogLevel Least
    {
        get => (LogLevel)_least;
        set
        {
            _least = (int)value;
            var changed = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
            changed.Cancel();
        }
    }

    public void Configure(LoggerFilterOptions options)
    {
        options.MinLevel = Least;
        // The framework's own start-up chatter says nothing to an operator; its warnings do.
        if (Least is > LogLevel.Debug and < LogLevel.Warning)
            options.AddFilter("Microsoft", LogLevel.Warning);
    }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);
}
