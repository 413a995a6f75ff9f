using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Tests.Intents;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Flows;

public sealed class FlowCatalogTests
{
    private readonly FakeTimeProvider _time = new();
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("flows").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Flows_of_the_folder_are_found_by_name()
    {
        Write("main", FlowTexts.Small);
        Write("night", FlowTexts.Small.Replace("flow: main", "flow: night"));
        using var catalog = Open();
        Assert.That(catalog.Names, Is.EqualTo(new[] { "main", "night" }));
        Assert.That(catalog.Get("night")!.Flow.Name, Is.EqualTo("night"));
        Assert.That(catalog.Get("../main"), Is.Null);
        Assert.That(catalog.Problems, Is.Empty);
    }

    [Test]
    public async Task Flow_can_greet_before_it_has_learned()
    {
        Write("main", FlowTexts.Small);
        using var encoder = new LateEncoder();
        using var catalog = new FlowCatalog(new FlowsOptions { Folder = _folder, Reload = false }, _time, NullLogger<FlowCatalog>.Instance, new IntentTraining(encoder, null, NullLogger.Instance));

        var flow = catalog.Get("main")!;
        Assert.That(flow.Flow.Greeting.Source, Is.EqualTo("Hello."));
        Assert.That(flow.Learned.IsCompleted, Is.False);

        encoder.Arrives();
        await flow.Learned;
        Assert.That(flow.UsesMeaning, Is.True);
    }

    [Test]
    public void Changed_flow_is_loaded_when_the_folder_has_been_quiet()
    {
        Write("main", FlowTexts.Small);
        using var catalog = Open();
        var before = catalog.Get("main")!;
        var changed = new List<string>();
        catalog.Changed += flow => changed.Add(flow.Flow.Greeting.Source);

        Write("main", FlowTexts.Small.Replace("Hello.", "Good morning."));
        catalog.Touch();
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.That(catalog.Get("main"), Is.SameAs(before));
        // Touched again: the 300 ms begin anew.
        catalog.Touch();
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.That(catalog.Get("main"), Is.SameAs(before));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(catalog.Get("main")!.Flow.Greeting.Source, Is.EqualTo("Good morning."));
        Assert.That(before.Flow.Greeting.Source, Is.EqualTo("Hello."), "a running conversation keeps its flow");
        Assert.That(changed, Is.EqualTo(new[] { "Good morning." }));
    }

    [Test]
    public void Version_follows_the_file_s_bytes_alone()
    {
        Write("main", FlowTexts.Small);
        using var catalog = Open();
        var first = catalog.Get("main")!.Version;
        Write("main", FlowTexts.Small + "\n# another");
        catalog.Reload();
        var second = catalog.Get("main")!.Version;
        Write("main", FlowTexts.Small);
        catalog.Reload();
        Assert.Multiple(() =>
        {
            Assert.That(first, Does.Match("^[0-9a-f]{12}$"));
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(catalog.Get("main")!.Version, Is.EqualTo(first));
        });
    }

    [Test]
    public void Broken_file_keeps_the_last_good_flow_and_says_what_is_wrong()
    {
        Write("main", FlowTexts.Small);
        using var catalog = Open();
        var good = catalog.Get("main");
        Write("main", FlowTexts.Small.Replace("greeting", "greting"));
        catalog.Reload();
        Assert.That(catalog.Get("main"), Is.SameAs(good));
        Assert.That(catalog.Problems.Select(problem => (problem.Line, problem.Column)), Is.EqualTo(new[] { (1, 1), (2, 1) }));
        Write("main", FlowTexts.Small + "\n# mended");
        catalog.Reload();
        Assert.That(catalog.Get("main"), Is.Not.SameAs(good));
        Assert.That(catalog.Problems, Is.Empty);
    }

    [Test]
    public void File_that_never_was_right_is_no_flow()
    {
        Write("main", "flow: [");
        using var catalog = Open();
        Assert.That(catalog.Get("main"), Is.Null);
        Assert.That(catalog.Names, Is.Empty);
        Assert.That(catalog.Problems, Has.Count.EqualTo(1));
    }

    [Test]
    public void Deleted_and_renamed_files_are_followed()
    {
        Write("main", FlowTexts.Small);
        using var catalog = Open();
        Write("other", FlowTexts.Small.Replace("flow: main", "flow: other"));
        File.Delete(PathOf("main"));
        catalog.Reload();
        Assert.That(catalog.Names, Is.EqualTo(new[] { "other" }));
        File.Move(PathOf("other"), PathOf("third"));
        catalog.Reload();
        Assert.That(catalog.Names, Is.Empty);
        Assert.That(catalog.Problems.Single().Expected, Is.EqualTo("'third', as the file is called"));
    }

    [Test]
    public void Unchanged_file_is_not_learned_again()
    {
        Write("main", FlowTexts.Small);
        using var catalog = Open();
        var before = catalog.Get("main");
        catalog.Reload();
        Assert.That(catalog.Get("main"), Is.SameAs(before));
    }

    [Test]
    public void Missing_folder_is_no_exception()
    {
        using var catalog = new FlowCatalog(new FlowsOptions { Folder = Path.Combine(_folder, "none") }, _time, NullLogger<FlowCatalog>.Instance);
        Assert.That(catalog.Names, Is.Empty);
    }

    [Test]
    public void Editors_own_files_are_left_alone()
    {
        Write("main", FlowTexts.Small);
        File.WriteAllText(Path.Combine(_folder, ".#main.yaml"), "x");
        File.WriteAllText(Path.Combine(_folder, "main.yaml~"), "x");
        using var catalog = Open();
        Assert.That(catalog.Names, Is.EqualTo(new[] { "main" }));
        Assert.That(catalog.Problems, Is.Empty);
    }

    [Test]
    public async Task Change_on_disk_is_noticed()
    {
        Write("main", FlowTexts.Small);
        var options = new FlowsOptions { Folder = _folder, ReloadDelay = TimeSpan.FromMilliseconds(50) };
        using var catalog = new FlowCatalog(options, TimeProvider.System, NullLogger<FlowCatalog>.Instance);
        var changed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        catalog.Changed += flow => changed.TrySetResult(flow.Flow.Greeting.Source);
        Write("main", FlowTexts.Small.Replace("Hello.", "Good morning."));
        Assert.That(await changed.Task.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo("Good morning."));
    }

    /// <summary>One whose model takes its time.</summary>
    private sealed class LateEncoder : ISentenceEncoder, IDisposable
    {
        private readonly ManualResetEventSlim _there = new();
        private readonly FakeEncoder _encoder = new("bill", "hours");

        public string Name => _encoder.Name;

        public string Fingerprint => _encoder.Fingerprint;

        public void Arrives() => _there.Set();

        public bool Understands(string language)
        {
            _there.Wait();
            return true;
        }

        public ValueTask<float[]> EncodeAsync(string text, CancellationToken cancellationToken) => _encoder.EncodeAsync(text, cancellationToken);

        public void Dispose() => _there.Dispose();
    }

    private FlowCatalog Open() => new(new FlowsOptions { Folder = _folder, Reload = false }, _time, NullLogger<FlowCatalog>.Instance);

    private string PathOf(string name) => Path.Combine(_folder, name + ".yaml");

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);
}
