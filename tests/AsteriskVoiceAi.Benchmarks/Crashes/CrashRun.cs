using System.Globalization;
using AsteriskVoiceAi.Benchmarks.Latency;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Service.Configuration;
using AsteriskVoiceAi.Service.Storage;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Speech;
using Microsoft.EntityFrameworkCore;

namespace AsteriskVoiceAi.Benchmarks.Crashes;

/// <summary>
/// Kills the service (SIGKILL) at a random moment under ten calls, half over FastAGI and half over ARI, starts it again at once as a
/// service manager does, and looks what became of the callers, of Asterisk and of the records. Over and over. Of a pair the one that serves is
/// killed, under ten calls over ARI, and is the one that stands by when it is back.
/// </summary>
/// <param name="standby">Null = there is no pair.</param>
internal sealed class CrashRun(TextWriter output, Lab lab, ServiceProcess? standby, string database, int seed)
{
    private const int Calls = 10;

    /// <summary>Callers arrive, are greeted, ask and are answered within it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan HopeFor = TimeSpan.FromSeconds(15);

    private readonly Random _random = new(seed);
    private readonly List<TimeSpan> _ready = [];
    private readonly List<TimeSpan> _served = [];
    private readonly Dictionary<string, List<TimeSpan>> _words = new() { ["104"] = [], ["105"] = [] };
    private ServiceProcess _serving = lab.Service;
    private ServiceProcess? _standby = standby;
    private int _silent;
    private int _left;
    private int _started;
    private int _interrupted;

    /// <param name="program">A published service; null = this build's.</param>
    /// <returns>Nobody was left in silence, and nothing was left behind.</returns>
    public static async Task<bool> RunAsync(TextWriter output, int rounds, int seed, bool pair, string? program)
    {
        using var flows = ShortAnswers.Write();
        var folder = Directory.CreateTempSubdirectory("voiceai-crashes-");
        try
        {
            var database = Path.Combine(folder.FullName, "calls.db");
            var settings = new Dictionary<string, string> { ["RECORDS__DATABASE"] = database, ["ARI__STANDBY"] = pair ? "true" : "false" };
            await using var lab = await Lab.StartAsync(flows.Folder, settings, program: program);
            await using var standby = pair ? await lab.StartAnotherServiceAsync(flows.Folder, settings, program) : null;
            output.WriteLine($"The service is {program ?? "this build, compiled as it runs"}.");
            output.WriteLine();
            return await new CrashRun(output, lab, standby, database, seed).RunAsync(rounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<bool> RunAsync(int rounds)
    {
        var question = await Flite.SpeakAsync("What are your opening hours?");
        for (var round = 1; round <= rounds; round++)
        {
            await CrashAsync(question);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{round} of {rounds}: ready after {_ready[^1].TotalSeconds:0.0} s, {_silent} callers without a word, {_left} channels and bridges left"));
        }
        var table = new MarkdownTable("", "number", "p50 s", "p95 s", "max s");
        if (_standby is not null)
            Add(table, "the other serves after the kill", _served);
        Add(table, "service ready again after the kill", _ready);
        if (_standby is null)
            Add(table, "FastAGI: next word at the caller's ear after the kill", _words["104"]);
        Add(table, "ARI: next word at the caller's ear after the kill", _words["105"]);
        output.WriteLine(table);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} kills under {Calls} calls; {_silent} callers heard nothing for {HopeFor.TotalSeconds:0} s; {_left} channels and bridges were left in Asterisk."));
        var (integrity, records, unended) = await RecordsAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Records: integrity check {integrity}; {records} calls for {_started} that began, {unended} of them without an end; {_interrupted} were interrupted."));
        return _silent + _left + unended == 0 && integrity == "ok" && records == _started;
    }

    private async Task CrashAsync(short[] question)
    {
        var callers = Enumerable.Range(0, Calls)
            .Select(i => new CrashedCaller(lab, i % 2 == 0 && _standby is null ? "104" : "105", question, _random.NextDouble() * TimeSpan.FromSeconds(3)))
            .ToList();
        foreach (var caller in callers)
            caller.Begin();
        await Task.Delay(TimeSpan.FromSeconds(3.2) + (_random.NextDouble() * Longest), TimeProvider.System);

        var killed = Moment.Now;
        var dying = _serving.KillAsync();
        var words = callers.Select(async caller => (caller.Extension, Word: await caller.WaitForWordAsync(killed, HopeFor))).ToList();
        await dying;
        if (_standby is not null)
            _served.Add(await TakenOverAsync(_standby) - killed);
        await _serving.StartAgainAsync();
        _ready.Add(Moment.Now - killed);
        foreach (var (extension, word) in await Task.WhenAll(words))
        {
            if (word is { } after)
                _words[extension].Add(after);
            else
                _silent++;
        }
        foreach (var caller in callers)
        {
            _started += caller.WasAnswered ? 1 : 0;
            await caller.DisposeAsync();
        }
        _left += await LeftAsync();
        if (_standby is not null)
            (_serving, _standby) = (_standby, _serving);
    }

    private static async Task<Moment> TakenOverAsync(ServiceProcess other)
    {
        while (!(await other.GetAsync("health/ready")).Contains("\"status\":\"ready\"", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return Moment.Now;
    }

    /// <summary>Looked at with every service stopped, so that nothing is under way.</summary>
    private async Task<(string Integrity, int Records, int Unended)> RecordsAsync()
    {
        await _serving.StopAsync();
        if (_standby is not null)
            await _standby.StopAsync();
        await using var records = new RecordsDatabase(new RecordsOptions { Database = database }).Context(reading: true);
        var integrity = (await records.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync()).Single();
        _interrupted = await records.Calls.CountAsync(call => call.Result == "interrupted");
        return (integrity, await records.Calls.CountAsync(), await records.Calls.CountAsync(call => call.Result == ""));
    }

    private async Task<int> LeftAsync()
    {
        try
        {
            await lab.Asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(15));
            return 0;
        }
        catch (TimeoutException)
        {
            return await lab.Asterisk.CountChannelsAsync() + await lab.Asterisk.CountBridgesAsync();
        }
    }

    private static void Add(MarkdownTable table, string what, List<TimeSpan> times)
    {
        string At(double share) => times.Count == 0 ? "" : Percentiles.At(times.Select(time => time.TotalSeconds), share).ToString("0.0", CultureInfo.InvariantCulture);
        table.Add(what, times.Count.ToString(CultureInfo.InvariantCulture), At(0.5), At(0.95), At(1));
    }
}
