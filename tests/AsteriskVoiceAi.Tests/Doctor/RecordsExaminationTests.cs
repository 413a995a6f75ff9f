using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Doctor;
using AsteriskVoiceAi.Tests.Records;
using Microsoft.Data.Sqlite;

namespace AsteriskVoiceAi.Tests.Doctor;

/// <summary>What <c>voiceai doctor</c> says of a database of call records.</summary>
[TestFixture]
public sealed class RecordsExaminationTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-doctor-");
    private int _files;

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task Database_that_is_well_is_told_with_its_place_size_and_version()
    {
        var options = await RecordedAsync(calls: 3);

        var found = await ExamineAsync(options);

        Assert.That(found.Select(finding => finding.Level), Is.EqualTo(new[] { FindingLevel.Ok, FindingLevel.Ok }));
        Assert.That(found[0].Text, Does.Contain(options.Database).And.Match(@"\d+\.\d MiB, tables of version \d+_"));
        Assert.That(found[1].Text, Is.EqualTo("The file is whole."));
    }

    [TestCase(false, "Ok")]
    [TestCase(true, "Warning")]
    public async Task File_that_is_not_there_is_wrong_only_while_the_service_runs(bool serviceRuns, string level)
    {
        var options = new RecordsOptions { Database = NewPath() };
        var finding = (await ExamineAsync(options, serviceRuns)).Single();
        Assert.That((finding.Level.ToString(), File.Exists(options.Database)), Is.EqualTo((level, false)), "it is looked at, not made");
    }

    [Test]
    public async Task Damaged_file_is_told_with_how_to_save_what_can_be_read()
    {
        var options = await RecordedAsync(calls: 200);
        await using (var file = File.OpenWrite(options.Database))
        {
            file.Seek(8 * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)'?', 4 * 4096).ToArray());
        }

        var finding = (await ExamineAsync(options))[^1];

        Assert.That(finding.Level, Is.EqualTo(FindingLevel.Warning), finding.Text);
        Assert.That(finding.Text, Does.Contain("damaged"));
        Assert.That(finding.Fix, Does.Contain(".recover"));
    }

    [Test]
    public async Task File_that_is_no_database_is_told()
    {
        var options = new RecordsOptions { Database = NewPath() };
        await File.WriteAllTextAsync(options.Database, new string('?', 10_000));
        var finding = (await ExamineAsync(options)).Single();
        Assert.That((finding.Level, finding.Text), Is.EqualTo((FindingLevel.Warning, "Call records can't be read (corrupt).")));
    }

    [TestCase("DELETE FROM __EFMigrationsHistory", "lacks changes of this version")]
    [TestCase("INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_Later', '99.0.0')", "newer version of this program (29991231235959_Later)")]
    public async Task Tables_of_another_version_are_told(string change, string told)
    {
        var options = await RecordedAsync(calls: 1);
        await using (var connection = new SqliteConnection($"Data Source={options.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = change;
            await command.ExecuteNonQueryAsync();
        }

        var finding = (await ExamineAsync(options, serviceRuns: true))[0];

        Assert.That((finding.Level, finding.Fix.Length > 0), Is.EqualTo((FindingLevel.Warning, true)));
        Assert.That(finding.Text, Does.Contain(told));
    }

    [Test]
    public async Task File_that_takes_too_long_to_look_through_is_left_to_the_operator()
    {
        var options = await RecordedAsync(calls: 200);
        var finding = (await ExamineAsync(options, longest: TimeSpan.Zero))[^1];
        Assert.That((finding.Level, finding.Fix), Is.EqualTo((FindingLevel.Note, $"sqlite3 {options.Database} 'PRAGMA quick_check'")));
    }

    [Test]
    public async Task Server_that_is_away_is_told()
    {
        var finding = (await ExamineAsync(new RecordsOptions { Database = "Host=127.0.0.1;Port=1;Database=voiceai;Username=voiceai" })).Single();
        Assert.That((finding.Level, finding.Text), Is.EqualTo((FindingLevel.Warning, "Call records can't be read (unreachable).")));
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(RecordsOptions options, bool serviceRuns = false, TimeSpan? longest = null) =>
        new RecordsExamination(options, serviceRuns, longest ?? TimeSpan.FromMinutes(1), TimeProvider.System).ExamineAsync(CancellationToken.None);

    private string NewPath() => Path.Combine(_folder.FullName, $"{++_files}.db");

    private async Task<RecordsOptions> RecordedAsync(int calls)
    {
        var options = new RecordsOptions { Database = NewPath(), RetentionDays = 0 };
        await using var rig = await new RecordsRig(options).StartAsync();
        for (var i = 0; i < calls; i++)
            rig.Call($"call-{i}");
        await rig.WrittenAsync();
        return options;
    }
}
