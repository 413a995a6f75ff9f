using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>A program that a test runs: its output is read always, can be waited for, and its end is awaited. It ends with us, also when we are killed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int MaxLines = 5000;

    private readonly Process _process;
    private readonly Waits _waits;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private readonly string _name;

    private ChildProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        _waits = new(ToString);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        Id = _process.Id;
        Guardian.Shared.Guard(Id);
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        Exited = WaitForExitAsync();
    }

    public int Id { get; }

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Exited { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public static ChildProcess Start(string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        return new(name, start);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? within = null)
    {
        await using var process = Start(name, file, arguments, environment);
        var code = await process.WaitForExitAsync(within ?? TimeSpan.FromSeconds(30));
        return code == 0 ? string.Join('\n', process.Lines) : throw new InvalidOperationException($"{name} failed with exit code {code}.\n{process}");
    }

    /// <summary>Waits for a line of output, among those that came already too.</summary>
    /// <returns>The line.</returns>
    public async Task<string> WaitForLineAsync(string pattern, TimeSpan within)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        string? Find()
        {
            lock (_gate)
                return _lines.Find(line => regex.IsMatch(line));
        }
        // "" = the program ended, so the line never comes.
        var line = await _waits.ForAsync($"A line like /{pattern}/ from {_name}", () => Find() ?? (Exited is { IsCompleted: true } ? "" : null), within);
        return line.Length > 0 ? line : throw new InvalidOperationException($"{_name} ended before it printed a line like /{pattern}/.\n{this}");
    }

    public async Task<int> WaitForExitAsync(TimeSpan within)
    {
        await _waits.UntilAsync($"The end of {_name}", () => Exited.IsCompleted, within);
        return await Exited;
    }

    /// <summary>Asks it to end (SIGTERM), and ends it by force when it doesn't.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan within)
    {
        await SignalAsync("TERM");
        try
        {
            return await WaitForExitAsync(within);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw;
        }
    }

    /// <summary>SIGKILL, to it and everything it started.</summary>
    public async Task KillAsync()
    {
        if (!Exited.IsCompleted)
            _process.Kill(entireProcessTree: true);
        await Exited;
    }

    /// <summary>Sends a signal such as "TERM", "STOP" or "CONT".</summary>
    public async Task SignalAsync(string signal)
    {
        if (Exited.IsCompleted)
            return;
        using var kill = Process.Start("kill", ["-s", signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    public override string ToString()
    {
        var lines = Lines;
        var state = Exited is { IsCompletedSuccessfully: true } ? "ended" : "runs";
        return $"{_name} (process {Id}) {state}; its last lines:\n  {string.Join("\n  ", lines.Skip(Math.Max(0, lines.Count - 40)))}";
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
                if (_lines.Count > MaxLines)
                    _lines.RemoveRange(0, MaxLines / 10);
            }
            _waits.Pulse();
        }
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        Guardian.Shared.Release(Id);
        // Something that it started may hold its output open: what was printed until now is enough.
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        _ = PulseAfterwardsAsync();
        return _process.ExitCode;
    }

    // Waits look at Exited, which completes only after the method above has returned.
    private async Task PulseAfterwardsAsync()
    {
        await Task.Yield();
        await Exited;
        _waits.Pulse();
    }
}
