using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Programs;

/// <summary>
/// A program that is started for one piece of work, gets its text by standard input and never through a shell. Runs of all programs
/// share the <paramref name="slots"/>, so that a burst of prompts does not fork without bound. Thread-safe.
/// </summary>
/// <param name="path">Absolute path, or a name that isn't installed: then each run says so.</param>
/// <param name="advice">What an operator does when it is missing, e.g. <c>install with: apt-get install flite</c>.</param>
/// <param name="limit">Longest time one run may take, waiting for a slot not counted.</param>
internal sealed class ChildProgram(string path, string advice, SemaphoreSlim slots, TimeSpan limit, TimeProvider time)
{
    /// <summary>64 MB: half an hour of 16-bit sound at 16 kHz.</summary>
    private const int MostOutput = 64 * 1024 * 1024;

    /// <summary>After the kill, the pipes close at once unless the machine is in trouble; then we leave without them.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private string Name => Path.GetFileName(path);

    /// <returns>What the program wrote to standard output.</returns>
    /// <exception cref="SpeechEngineException">Not installed, failed, or took longer than its limit.</exception>
    public async Task<byte[]> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var (status, output, errors) = await RunToEndAsync(arguments, input, cancellationToken);
        return status == 0 ? output : throw new SpeechEngineException($"{Name} ended with status {status}{errors}");
    }

    /// <summary>The same, whatever the status: <c>flite --version</c> ends with 1.</summary>
    public async Task<byte[]> RunAnyAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await RunToEndAsync(arguments, "", cancellationToken)).Output;

    private async Task<(int Status, byte[] Output, string Errors)> RunToEndAsync(
        IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            using var process = Start(arguments);
            using var deadline = new CancellationTokenSource(limit, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            var errors = new LastLines();
            // Both outputs are read from the start: a program whose pipe is full stands still.
            var work = Task.WhenAll(FeedAsync(process, input), errors.ReadAsync(process.StandardError), process.WaitForExitAsync(CancellationToken.None));
            var output = ReadAsync(process, stop.Token);
            try
            {
                await Task.WhenAll(work, output).WaitAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                await EndAsync(process, work);
                cancellationToken.ThrowIfCancellationRequested();
                throw new SpeechEngineException($"{Name} did not finish within {limit.TotalSeconds:0.#} s and was ended{errors.AsSuffix()}");
            }
            finally
            {
                Kill(process);
            }
            return (process.ExitCode, await output, errors.AsSuffix());
        }
        finally
        {
            slots.Release();
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start) ?? throw new SpeechEngineException($"{Name} could not be started");
        }
        catch (Win32Exception e)
        {
            throw new SpeechEngineException($"{path} can't be started: {e.Message}; {advice}", e);
        }
    }

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program closed its input or ended before it read all; its status and its errors say why.
        }
    }

    private async Task<byte[]> ReadAsync(Process process, CancellationToken cancellationToken)
    {
        using var collected = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int n; (n = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (collected.Length + n <= MostOutput)
            {
                collected.Write(buffer, 0, n);
                continue;
            }
            Kill(process);
            throw new SpeechEngineException($"{Name} wrote more than {MostOutput / 1024 / 1024} MB");
        }
        return collected.ToArray();
    }

    private async Task EndAsync(Process process, Task work)
    {
        Kill(process);
        try
        {
            await work.WaitAsync(LastWait, time, CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException or IOException or ObjectDisposedException)
        {
            // The work's outcome does not matter any more.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between.
        }
    }
}
