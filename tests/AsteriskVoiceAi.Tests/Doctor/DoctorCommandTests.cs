using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AsteriskVoiceAi.Tests.Ari;
using AsteriskVoiceAi.Tests.CommandLine;
using AsteriskVoiceAi.Tests.Engines;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Doctor;

/// <summary>What <c>voiceai doctor</c> finds, with an Asterisk that speaks the wire; the test call is in the call tests.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DoctorCommandTests
{
    private static readonly string[] AgiModules = ["res_agi.so", "app_exec.so", "app_audiosocket.so", "res_audiosocket.so"];

    [Test]
    public async Task Installation_that_is_well_has_nothing_to_mend()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Modules = AgiModules;
        using var run = new Patient(asterisk.Url);

        var findings = await run.ExamineAsync();

        // Nobody keeps a test machine's clock right.
        var found = findings.Where(finding => finding.Check != "clock" && finding.Check != "service").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(found.Select(finding => finding.Level), Has.All.EqualTo("ok"), run.Output);
            Assert.That(found.Select(finding => finding.Check).Distinct(), Is.EquivalentTo(["flows", "folders", "disk", "records", "limits", "ports", "models", "engines", "asterisk"]));
            Assert.That(run.Code, Is.LessThan(2));
        });
    }

    [Test]
    public async Task Password_that_Asterisk_refuses_is_named_with_the_user_and_the_file()
    {
        await using var asterisk = await FakeAri.StartAsync();
        using var run = new Patient(asterisk.Url) { Password = "wrong" };

        var finding = (await run.ExamineAsync()).Single(finding => finding.Check == "asterisk");

        Assert.That((finding.Level, run.Code), Is.EqualTo(("failure", 2)));
        Assert.That(finding.Text, Does.Contain("401").And.Contain("'voiceai'"));
        Assert.That(finding.Fix, Does.Contain("ari.conf"));
    }

    [Test]
    public async Task Asterisk_that_is_not_there_is_told_apart_from_one_that_refuses()
    {
        using var run = new Patient(new Uri($"http://127.0.0.1:{FreePorts.Tcp()}"));

        var finding = (await run.ExamineAsync()).Single(finding => finding.Check == "asterisk");

        Assert.That(finding.Fix, Does.StartWith("Start Asterisk").And.Contain("http.conf"));
    }

    [Test]
    public async Task Missing_module_and_user_who_may_only_look_are_named()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Modules = [.. AgiModules.Except(["app_audiosocket.so"])];
        asterisk.Before = request => Task.FromResult<int?>(request.StartsWith("DELETE", StringComparison.Ordinal) ? 403 : null);
        using var run = new Patient(asterisk.Url);

        var findings = (await run.ExamineAsync()).Where(finding => finding is { Check: "asterisk", Level: not "ok" }).ToList();

        Assert.That(findings.Select(finding => finding.Text), Has.Some.Contains("app_audiosocket.so").And.Some.Contains("may only look"));
        Assert.That(findings.Select(finding => finding.Fix), Has.Some.Contains("load=app_audiosocket.so").And.Some.Contains("read_only=no"));
    }

    [Test]
    public async Task Port_of_another_program_is_named_with_the_key_that_changes_it()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        using var run = new Patient(null) { AgiPort = port };

        var finding = (await run.ExamineAsync()).Single(finding => finding is { Check: "ports", Level: "failure" });

        Assert.That(finding.Text, Does.Contain($"FastAGI port 127.0.0.1:{port} is taken by another program"));
        Assert.That(finding.Fix, Does.Contain("fastagi.port").And.Contain($"sport = :{port}"));
    }

    [Test]
    public async Task Flow_with_a_mistake_is_named_with_its_line()
    {
        using var run = new Patient(null) { Flow = "flow: main\nlanguage: en-US\ngreting: Hello.\n" };

        var findings = (await run.ExamineAsync()).Where(finding => finding is { Check: "flows", Level: "failure" });

        Assert.That(findings.Select(finding => finding.Text), Has.Some.Contains("main.yaml").And.Some.Contains("greting"));
    }

    [Test]
    public async Task Model_that_was_changed_on_disk_is_found_by_its_hash()
    {
        using var run = new Patient(null) { Models = null };
        Directory.CreateDirectory(run.PathOf("models/silero"));
        await using (var model = File.Create(run.PathOf("models/silero/silero_vad_v5.onnx")))
            model.SetLength(2327524);

        var findings = (await run.ExamineAsync()).Where(finding => finding.Check == "models").ToList();

        Assert.That(findings.Select(finding => finding.Text), Has.Some.Contains("silero_vad_v5.onnx is not the published file").And.Some.Contains("moonshine-base is missing"));
        Assert.That(findings.Select(finding => finding.Level).Distinct(), Is.EquivalentTo(["failure", "note"]), "What is only recommended is noted.");
    }

    [Test]
    public async Task Password_file_that_everybody_reads_is_a_warning()
    {
        await using var asterisk = await FakeAri.StartAsync();
        using var run = new Patient(asterisk.Url) { PasswordMode = UnixFileMode.UserRead | UnixFileMode.OtherRead };

        var finding = (await run.ExamineAsync()).Single(finding => finding is { Check: "folders", Level: "warning" });

        Assert.That(finding.Fix, Does.StartWith("chmod 640 ").And.EndsWith("ari-password"));
    }

    private sealed record Found(string Check, string Level, string Text, string Fix);

    /// <summary>An installation in a folder of its own.</summary>
    /// <param name="asterisk">Null = ARI is off.</param>
    private sealed class Patient(Uri? asterisk) : IDisposable
    {
        private readonly CommandRun _run = new();

        public string Password { get; init; } = FakeAri.Password;

        public UnixFileMode PasswordMode { get; init; } = UnixFileMode.UserRead;

        public int AgiPort { get; init; } = FreePorts.Tcp();

        public string Flow { get; init; } = File.ReadAllText(Repository.PathOf("flows", "main.yaml"));

        /// <summary>Null = a folder of its own.</summary>
        public string? Models { get; init; } = InstalledModels.Folder;

        public int Code { get; private set; }

        public string Output => _run.Output;

        public string PathOf(string name) => _run.PathOf(name);

        public async Task<IReadOnlyList<Found>> ExamineAsync()
        {
            var password = _run.Write("ari-password", Password);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(password, PasswordMode);
            _run.Write("flows/main.yaml", Flow);
            var rtp = FreePorts.UdpRange();
            var configuration = _run.Write("voiceai.yaml", string.Create(CultureInfo.InvariantCulture, $$"""
                ari: { enabled: {{(asterisk is null ? "false" : "true")}}, url: {{asterisk ?? new Uri("http://127.0.0.1:1")}}, password-file: {{password}} }
                http: { port: {{FreePorts.Tcp()}} }
                fastagi: { port: {{AgiPort}} }
                audiosocket: { port: {{FreePorts.Tcp()}} }
                rtp: { port-first: {{rtp.First}}, port-last: {{rtp.Last}} }
                flows: { folder: {{_run.PathOf("flows")}} }
                prompts: { folder: {{_run.PathOf("prompts")}} }
                records: { database: {{_run.PathOf("records/calls.db")}} }
                recording: { folder: {{_run.PathOf("recordings")}} }
                speech: { models-folder: {{Models ?? _run.PathOf("models")}}, recognizers: [moonshine-tiny], synthesizers: [flite], turn-detector: none, sentence-encoder: none }
                """));
            Code = await _run.InvokeAsync("doctor", "--json", "--no-call", "--config", configuration);
            using var json = JsonDocument.Parse(Output);
            return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.Deserialize<Found>(JsonSerializerOptions.Web)!)];
        }

        public void Dispose() => _run.Dispose();
    }
}
