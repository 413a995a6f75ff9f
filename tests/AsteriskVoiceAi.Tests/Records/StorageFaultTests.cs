using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.TestSupport.Processes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Records;

/// <summary>Storage that fails, and what is left of the records when it works again.</summary>
[TestFixture]
public sealed class StorageFaultTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-records-");

    /// <summary>Stands still: the writer tries again when a test says so.</summary>
    private readonly FakeTimeProvider _time = new(RecordsRig.Noon);

    private int _folders;

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task Database_that_another_program_locks_is_written_when_it_lets_go()
    {
        await using var rig = await new RecordsRig(Options(), _time).StartAsync();
        rig.Call("before");
        await rig.WrittenAsync();
        await using var other = new SqliteConnection($"Data Source={rig.Options.Database};Pooling=False");
        other.Open();
        await using (var hold = other.BeginTransaction())
        {
            rig.Begins("during");
            rig.Speaks("during", "Billing.");
            await FailsAsync(rig, "locked");
            rig.Ends("during");
            rig.Call("after");
        }
        await RecoversAsync(rig);

        Assert.That(rig.List().Select(found => (found.Call.Id, found.Call.Result, found.Turns)), Is.EquivalentTo(((string, string, int)[])[("before", "done", 1), ("during", "done", 1), ("after", "done", 1)]));
        SaidOnce(rig, "is locked by another program");
    }

    [Test]
    public async Task Database_that_stays_locked_for_a_minute_loses_nothing_and_is_told_of_once()
    {
        await using var rig = await new RecordsRig(Options(), _time).StartAsync();
        rig.Call("before");
        await rig.WrittenAsync();
        await using var other = new SqliteConnection($"Data Source={rig.Options.Database};Pooling=False");
        other.Open();
        Execute(other, "BEGIN EXCLUSIVE");
        rig.Begins("running");
        await FailsAsync(rig, "locked");
        for (var third = 0; third < 3; third++)
        {
            for (var i = 0; i < 50; i++)
                rig.Call($"over-{third}-{i}");
            rig.Speaks("running", "And more.");
            await rig.SeenAsync();
            // Another attempt, or more of them.
            _time.Advance(TimeSpan.FromSeconds(20));
        }
        // 150 calls that are over with a prompt and an answer each, and one that runs.
        Assert.That((rig.Book.Waiting, rig.Status.Lost), Is.EqualTo((150 * 3 + 1 + 3 * 2, 0)));
        Execute(other, "ROLLBACK");
        await RecoversAsync(rig);
        rig.Ends("running");
        await rig.WrittenAsync();

        Assert.That(rig.List().Select(found => found.Call.Result).ToArray(), Has.Length.EqualTo(152).And.All.EqualTo("done"));
        Assert.That(rig.Find("running").Turns, Has.Count.EqualTo(6));
        SaidOnce(rig, "is locked by another program");
    }

    [Test]
    public async Task Full_disk_loses_no_call_that_ends_after_there_is_room_again()
    {
        var options = Options();
        var disk = Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("only root may mount a small file system");
        await ChildProcess.RunAsync("mount", "mount", ["-t", "tmpfs", "-o", "size=1m", "voiceai-test", disk.FullName]);
        try
        {
            await using var rig = await new RecordsRig(options, _time).StartAsync();
            rig.Call("before");
            await rig.WrittenAsync();
            var filler = Path.Combine(disk.FullName, "filler");
            Fill(filler);
            for (var i = 0; i < 300; i++)
                rig.Call($"during-{i}", says: new string('x', 1000));
            await FailsAsync(rig, "disk-full");
            File.Delete(filler);
            await ChildProcess.RunAsync("mount", "mount", ["-o", "remount,size=64m", disk.FullName]);
            await RecoversAsync(rig);

            Assert.That(rig.List(), Has.Count.EqualTo(301));
            SaidOnce(rig, "no room on the disk");
        }
        finally
        {
            await ChildProcess.RunAsync("umount", "umount", ["--lazy", disk.FullName]);
        }
    }

    [Test]
    public async Task File_that_is_gone_is_begun_anew()
    {
        await using var rig = await new RecordsRig(Options(), _time).StartAsync();
        rig.Call("before");
        await rig.WrittenAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(rig.Options.Database)!))
            File.Delete(file);
        rig.Call("after");
        await rig.UntilAsync("the record in a new file", () => File.Exists(rig.Options.Database) && rig.Status.Fault is null && rig.Book.Waiting == 0);

        Assert.That(rig.List().Select(found => found.Call.Id), Is.EqualTo((string[])["after"]));
        SaidOnce(rig, "was deleted or moved");
    }

    [Test]
    public async Task Corrupt_file_is_kept_under_another_name_and_a_new_one_begun()
    {
        var options = Options();
        Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        await File.WriteAllTextAsync(options.Database, new string('?', 10_000));
        await using var rig = await new RecordsRig(options, _time).StartAsync();
        rig.Call("after");
        await rig.WrittenAsync();

        Assert.That(rig.List().Select(found => found.Call.Id), Is.EqualTo((string[])["after"]));
        Assert.That(await File.ReadAllTextAsync(options.Database + ".corrupt-20260609T120000Z"), Does.StartWith("???"));
        Assert.That(rig.Log, Has.One.Contains("is damaged; it is kept as"));
    }

    [Test]
    public async Task File_that_is_damaged_while_calls_run_is_kept_under_another_name_too()
    {
        await using var rig = await new RecordsRig(Options(), _time).StartAsync();
        rig.Call("before");
        await rig.WrittenAsync();
        rig.Database.Forget();
        await using (var file = File.OpenWrite(rig.Options.Database))
            await file.WriteAsync(Enumerable.Repeat((byte)'?', 8192).ToArray());
        rig.Call("after");
        await rig.UntilAsync("the record in a new file", () => rig.Log.Any(line => line.Contains("is damaged", StringComparison.Ordinal)) && rig.Status.Fault is null && rig.Book.Waiting == 0);

        Assert.That(rig.List().Select(found => found.Call.Id), Is.EqualTo((string[])["after"]));
    }

    [Test]
    public async Task Folder_that_cannot_be_made_is_told_once_until_it_can()
    {
        var options = Options();
        // Root may write everywhere: a file where the folder should be stands in for a folder without rights.
        await File.WriteAllTextAsync(Path.GetDirectoryName(options.Database)!, "");
        await using var rig = await new RecordsRig(options, _time).StartAsync();
        rig.Call("during");
        await FailsAsync(rig, "unwritable");
        File.Delete(Path.GetDirectoryName(options.Database)!);
        await RecoversAsync(rig);

        Assert.That(rig.List(), Has.Count.EqualTo(1));
        SaidOnce(rig, "Let the service's user write there");
    }

    [Test]
    public async Task File_system_that_is_read_only_is_told_once_until_it_is_not()
    {
        var options = Options();
        var disk = Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("only root may mount a file system");
        await ChildProcess.RunAsync("mount", "mount", ["-t", "tmpfs", "-o", "size=16m,ro", "voiceai-test", disk.FullName]);
        try
        {
            await using var rig = await new RecordsRig(options, _time).StartAsync();
            rig.Call("during");
            await FailsAsync(rig, "unwritable");
            await ChildProcess.RunAsync("mount", "mount", ["-o", "remount,rw", disk.FullName]);
            await RecoversAsync(rig);

            Assert.That(rig.List(), Has.Count.EqualTo(1));
            SaidOnce(rig, "Read-only file system");
        }
        finally
        {
            await ChildProcess.RunAsync("umount", "umount", ["--lazy", disk.FullName]);
        }
    }

    [Test]
    public async Task Server_that_is_away_is_written_to_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync();
        var options = new RecordsOptions { Database = server.ConnectionTo("records"), PasswordFile = Path.Combine(_folder.FullName, "password"), RetentionDays = 0 };
        await File.WriteAllTextAsync(options.PasswordFile, "wrong");
        await using var rig = await new RecordsRig(options, _time).StartAsync();
        rig.Call("during");
        await FailsAsync(rig, "refused");
        // In one step, as who keeps secrets does: the writer may read at any moment.
        File.Copy(server.PasswordFile, options.PasswordFile + ".new");
        File.Move(options.PasswordFile + ".new", options.PasswordFile, overwrite: true);
        await RecoversAsync(rig);

        Assert.That(rig.List(), Has.Count.EqualTo(1));
        SaidOnce(rig, "password authentication failed");
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    [Test]
    public async Task What_does_not_fit_into_memory_is_lost_whole_calls_first_counted_and_told_once()
    {
        var options = Options();
        await File.WriteAllTextAsync(Path.GetDirectoryName(options.Database)!, "");
        await using var rig = await new RecordsRig(options, _time, room: 40).StartAsync();
        await FailsAsync(rig, "unwritable");
        rig.Begins("running");
        rig.Speaks("running", "Billing.");
        for (var i = 0; i < 50; i++)
            rig.Call($"over-{i}", RecordsRig.Noon.AddSeconds(i));
        await rig.SeenAsync();
        rig.Speaks("running", "And more.");
        rig.Ends("running");
        File.Delete(Path.GetDirectoryName(options.Database)!);
        await RecoversAsync(rig);

        var kept = rig.List();
        Assert.Multiple(() =>
        {
            Assert.That(kept.Select(found => found.Call.Id), Does.Contain("running").And.Contain("over-49").And.Not.Contain("over-0"));
            Assert.That(rig.Find("running").Turns, Has.Count.EqualTo(4));
            Assert.That(rig.Status.Lost, Is.EqualTo(51 - kept.Count));
            Assert.That(rig.Log, Has.One.StartsWith("Call records are being lost"));
            Assert.That(rig.Log, Has.One.StartsWith($"Of {rig.Status.Lost} calls the record"));
        });
    }

    private RecordsOptions Options() => new() { Database = Path.Combine(_folder.FullName, $"{++_folders}", "calls.db"), RetentionDays = 0 };

    /// <summary>The fault is seen; some more tries change nothing.</summary>
    private async Task FailsAsync(RecordsRig rig, string cause)
    {
        await rig.UntilAsync($"the fault {cause}", () => rig.Status.Cause == cause);
        _time.Advance(TimeSpan.FromSeconds(3));
    }

    private async Task RecoversAsync(RecordsRig rig) => await rig.UntilAsync("records written again", () =>
    {
        _time.Advance(TimeSpan.FromSeconds(3));
        return rig.Status.Fault is null && rig.Book.Waiting == 0;
    });

    private static void SaidOnce(RecordsRig rig, string cause)
    {
        Assert.That(rig.Log.Where(line => line.Contains("can't be written", StringComparison.Ordinal)), Has.One.Contains(cause));
        Assert.That(rig.Log.Where(line => line.Contains("can't be written", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(1));
        Assert.That(rig.Log, Has.One.StartsWith("Call records are written again"));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // No room for another page.
        }
    }
}
