using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>
/// A program that runs until it is ended, at the latest together with this process. Its error output is read always and thrown away but for the
/// last lines; so is its standard output, unless it talks: then its owner writes to <see cref="Input"/> and reads <see cref="Output"/>.
/// </summary>
internal sealed class LongRunningProgram : IAsyncDisposable
{
    /// <summary>After the kill, the pipes close at once unless the machine is in trouble; then we leave without them.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly LastLines _errors;
    private readonly TimeProvider _time;

    private LongRunningProgram(Process process, bool talks, Action<string>? errorLine, TimeProvider time)
    {
        (_process, _errors, _time) = (process, new(errorLine), time);
        var output = talks ? Task.CompletedTask : ReadAsync(process.StandardOutput, new LastLines());
        Id = process.Id;
        if (talks)
            (Input, Output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        Ended = EndAsync(output);
    }

    /// <summary>Ends with the program; never faults.</summary>
    public Task Ended { get; }

    /// <summary>How it ended and what it said last, e.g. <c>status 1: cannot bind</c>; only after <see cref="Ended"/>.</summary>
    public string Ending { get; private set; } = "";

    public int Id { get; }

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

    /// <summary>Standard input of one that talks.</summary>
    public Stream Input { get; } = Stream.Null;

    /// <summary>Standard output of one that talks.</summary>
    public Stream Output { get; } = Stream.Null;

    /// <summary>Starts one that is spoken to by other ways than its standard input.</summary>
    /// <param name="advice">What an operator does when it can't be started.</param>
    /// <exception cref="SpeechEngineException">It can't be started.</exception>
    public static async Task<LongRunningProgram> StartAsync(string path, IReadOnlyList<string> arguments, string advice, TimeProvider time)
    {
        var process = await BeginAsync(path, arguments, variables: null, advice);
        process.StandardInput.Close();
        return new(process, talks: false, errorLine: null, time);
    }

    /// <summary>Starts one that talks by its standard input and output.</summary>
    /// <param name="variables">More of its environment.</param>
    /// <param name="errorLine">Gets each line of its error output, at most 200 characters of it.</param>
    /// <exception cref="SpeechEngineException">It can't be started.</exception>
    public static async Task<LongRunningProgram> StartTalkingAsync(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables, Action<string>? errorLine, string advice, TimeProvider time) =>
        new(await BeginAsync(path, arguments, variables, advice), talks: true, errorLine, time);

    private static async Task<Process> BeginAsync(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables, string advice)
    {
        try
        {
            return await ProgramStarter.StartAsync(path, arguments, variables);
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

    private async Task EndAsync(Task output)
    {
        await Task.WhenAll(output, ReadAsync(_process.StandardError, _errors), _process.WaitForExitAsync(CancellationToken.None));
        // Now: it is asked for when the process may be forgotten already.
        Ending = $"status {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}{_errors.AsSuffix()}";
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
