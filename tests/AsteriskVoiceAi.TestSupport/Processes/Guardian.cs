using System.Diagnostics;

namespace AsteriskVoiceAi.TestSupport.Processes;

/// <summary>
/// Ends our child processes when we are killed ourselves and can't: a small shell that waits for the end of the pipe from us, which the
/// kernel closes however we end, and then sends SIGTERM to those not released, and SIGKILL to what is left 10 s later.
/// </summary>
/// <remarks>
/// The kernel's own way, a parent-death signal, is of no use here: it is sent when the thread ends that started the child, and a thread of the pool ends at any time.
/// Thread-safe.
/// </remarks>
public sealed class Guardian : IAsyncDisposable
{
    // A session of its own: Ctrl-C and a killed process group do not reach it.
    private const string Script = """
        trap '' INT TERM HUP
        exec >/dev/null 2>&1
        declare -A guarded
        while read -r verb id; do
            case $verb in guard) guarded[$id]=1 ;; release) unset "guarded[$id]" ;; esac
        done
        kill -TERM "${!guarded[@]}"
        for ((i = 0; i < 100; i++)); do
            kill -0 "${!guarded[@]}" || exit 0
            read -rt 0.1 <> <(:)
        done
        kill -KILL "${!guarded[@]}"
        """;

    private static readonly Lazy<Guardian> OfThisProcess = new(() => new Guardian());

    private readonly Lock _gate = new();
    private readonly Process _shell;

    public Guardian() => _shell = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", Script, "guardian"]) { RedirectStandardInput = true })
        ?? throw new InvalidOperationException("The guardian of child processes did not start.");

    public static Guardian Shared => OfThisProcess.Value;

    public void Guard(int process) => Tell("guard", process);

    /// <summary>It has ended, or may live on.</summary>
    public void Release(int process) => Tell("release", process);

    /// <summary>Closes the pipe, as the end of this process would, and waits until the guardian has done its work.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private void Tell(string verb, int process)
    {
        lock (_gate)
        {
            _shell.StandardInput.Write($"{verb} {process}\n");
            _shell.StandardInput.Flush();
        }
    }
}
