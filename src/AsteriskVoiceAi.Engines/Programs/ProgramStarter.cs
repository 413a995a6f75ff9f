using System.Collections.Concurrent;
using System.Diagnostics;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>
/// Starts programs that must not outlive this process. The kernel's parent-death signal (PR_SET_PDEATHSIG, prctl(2)) is sent when the
/// thread that started the program ends, so all are started by one thread that never does. Each has a session of its own (setsid(2)): Ctrl-C in a
/// terminal is for the service, which needs its programs until its last call is over.
/// </summary>
internal static class ProgramStarter
{
    /// <summary>Of util-linux; each sets its thing and becomes the next. Empty = not on this machine: then only a regular end stops the programs.</summary>
    private static readonly string[] Before = ProgramPath.Find("setsid") is { } setsid && ProgramPath.Find("setpriv") is { } setpriv ? [setsid, setpriv, "--pdeathsig", "KILL", "--"] : [];

    private static readonly Lazy<BlockingCollection<Action>> Line = new(() =>
    {
        var line = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in line.GetConsumingEnumerable())
                start();
        })
        { IsBackground = true, Name = "program starter" }.Start();
        return line;
    });

    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    public static Task<Process> StartAsync(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Line.Value.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(StartInfo(path, arguments, variables)) ?? throw new InvalidOperationException($"{path} was not started"));
            }
#pragma warning disable CA1031 // The task carries it to whoever awaits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static ProcessStartInfo StartInfo(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables)
    {
        string[] command = [.. Before, path, .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }
}
