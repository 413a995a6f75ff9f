using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>A program that runs until it is ended, at the latest together with this process. Both its outputs are read always, and thrown away but for the last lines.</summary>
internal sealed class LongRunningProgram : IAsyncDisposable
{
    /// <summary>After the kill, the pipes close at once unless the machine is in trouble; then we leave without them.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LastLines _errors = new();
    private readonly TimeProvider _time;

    private LongRunningProgram(Process process, TimeProvider time)
    {
        (_process, _time) = (process, time);
        Ended = Task.WhenAll(ReadAsync(process.StandardOutput, new LastLines()), ReadAsync(process.StandardError, _errors), process.WaitForExitAsync(CancellationToken.None));
    }

    /// <summary>Ends with the program; never faults.</summary>
    public Task Ended { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>How it ended and what it said last, e.g. <c>status 1: cannot bind</c>; only after <see cref="Ended"/>.</summary>
    public string Ending => $"status {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}{_errors.AsSuffix()}";

    public int Id => _process.Id;

    /// <summary>Memory in use (VmRSS), in bytes; 0 after the end.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.HasExited ? 0 : _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <param name="advice">What an operator does when it can't be started.</param>
    /// <exception cref="SpeechEngineException">It can't be started.</exception>
    public static async Task<LongRunningProgram> StartAsync(string path, IReadOnlyList<string> arguments, string advice, TimeProvider time)
    {
        try
        {
            var process = await ProgramStarter.StartAsync(path, arguments);
            process.StandardInput.Close();
            return new(process, time);
        }
        catch (Win32Exception e)
        {
            throw new SpeechEngineException($"{path} can't be started: {e.Message}; {advice}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between.
        }
        try
        {
            await Ended.WaitAsync(LastWait, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // Something that it started holds its pipes.
        }
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader output, LastLines lines)
    {
        try
        {
            await lines.ReadAsync(output);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe broke with the program.
        }
    }
}
