using System.Globalization;
using AsteriskVoiceAi.Tests.Support;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary>A real PostgreSQL server of the test's own: a folder that is deleted at the end, a port that the system chose, a password.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Password = "only-in-this-test";

    /// <summary>PostgreSQL refuses to run as root; Debian's nobody owns nothing.</summary>
    private const string Nobody = "65534";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder;
    private readonly ChildProcess _process;
    private readonly int _port;

    private PostgresServer(DirectoryInfo folder, ChildProcess process, int port) => (_folder, _process, _port) = (folder, process, port);

    public string PasswordFile => Path.Combine(_folder.FullName, "password");

    public string ConnectionTo(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database={database};Username=voiceai");

    /// <summary>Starts one, or skips the test where there is no PostgreSQL.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;
        if (programs is null || !File.Exists(Path.Combine(programs, "bin", "initdb")))
            Needed.Missing("postgresql", "scripts/install-packages.sh --tests");
        var bin = Path.Combine(programs!, "bin");
        var folder = Directory.CreateTempSubdirectory("voiceai-postgres-");
        var (data, port) = (Path.Combine(folder.FullName, "data"), FreePorts.Tcp());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "password"), Password + "\n");
        if (Environment.IsPrivilegedProcess)
            await ChildProcess.RunAsync("chown", "chown", ["-R", $"{Nobody}:{Nobody}", folder.FullName]);
        await RunAsync("initdb", Path.Combine(bin, "initdb"), ["-D", data, "-U", "voiceai", "--pwfile", Path.Combine(folder.FullName, "password"), "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"], folder);
        var process = Start("postgres", Path.Combine(bin, "postgres"), ["-D", data, "-k", folder.FullName, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "fsync=off"], folder);
        await process.WaitForLineAsync("ready to accept connections", Patience);
        return new PostgresServer(folder, process, port);
    }

    public async ValueTask DisposeAsync()
    {
        // SIGINT: connections are ended, nothing is waited for.
        await _process.SignalAsync("INT");
        await _process.WaitForExitAsync(Patience);
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static ChildProcess Start(string name, string program, string[] arguments, DirectoryInfo folder) => Environment.IsPrivilegedProcess
        ? ChildProcess.Start(name, "setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", program, .. arguments], folder: folder.FullName)
        : ChildProcess.Start(name, program, arguments, folder: folder.FullName);

    private static async Task RunAsync(string name, string program, string[] arguments, DirectoryInfo folder)
    {
        await using var process = Start(name, program, arguments, folder);
        if (await process.WaitForExitAsync(Patience) != 0)
            throw new InvalidOperationException($"{name} failed.\n{process}");
    }
}
