using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.Onnx;
using AsteriskVoiceAi.Engines.Silero;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Engines;

internal sealed class PreparedModelsTests
{
    private static readonly float[] Noise = Sounds.Noise(1, -20);

    private DirectoryInfo _folder = null!;
    private string _model = null!;

    [SetUp]
    public void CopyTheSmallestModel()
    {
        _folder = Directory.CreateTempSubdirectory("voiceai-prepared-");
        _model = Path.Combine(_folder.CreateSubdirectory("silero").FullName, "silero_vad_v5.onnx");
        File.Copy(Path.Combine(InstalledModels.Folder, "silero", "silero_vad_v5.onnx"), _model);
    }

    [TearDown]
    public void Forget() => _folder.Delete(recursive: true);

    [Test]
    public void Model_is_prepared_once_and_answers_the_same()
    {
        var plain = Ask(null);

        Assert.That(Ask(Prepared), Is.EqualTo(plain).Within(1e-5));
        var file = Kept().Single();
        var made = file.LastWriteTimeUtc;
        Assert.That(Ask(Prepared), Is.EqualTo(plain).Within(1e-5));
        Assert.That(Kept().Single().FullName, Is.EqualTo(file.FullName));
        Assert.That(Kept().Single().LastWriteTimeUtc, Is.EqualTo(made), "taken as it was");
    }

    [TestCase("empty")]
    [TestCase("cut off")]
    [TestCase("one bit")]
    [TestCase("something else")]
    public void Damaged_file_is_thrown_away_and_made_again(string damage)
    {
        var plain = Ask(Prepared);
        var file = Kept().Single().FullName;
        var whole = File.ReadAllBytes(file);
        var broken = whole.ToArray();
        broken[broken.Length / 2] ^= 1;
        File.WriteAllBytes(file, damage switch { "empty" => [], "cut off" => whole[..^5000], "one bit" => broken, _ => "This is no model, but long enough for one, and longer than its end."u8.ToArray() });

        Assert.That(Ask(Prepared), Is.EqualTo(plain).Within(1e-5));
        // The runtime does not write the same bytes each time.
        Assert.That(new FileInfo(file).Length, Is.EqualTo(whole.Length).Within(1000));
        Assert.That(Kept().Count(), Is.EqualTo(1), "and nothing is left beside it");
    }

    [Test]
    public void Other_model_of_the_same_name_is_prepared_in_the_place_of_the_first()
    {
        Ask(Prepared);
        var first = Kept().Single().FullName;

        File.SetLastWriteTimeUtc(_model, File.GetLastWriteTimeUtc(_model).AddSeconds(1));
        Ask(Prepared);

        Assert.That(Kept().Single().FullName, Is.Not.EqualTo(first));
    }

    [Test]
    public void Model_loads_where_nothing_can_be_kept()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        Assert.That(Ask(PreparedModels.In(Path.Combine(file, "folder"), TimeProvider.System, NullLogger.Instance)), Is.EqualTo(Ask(null)).Within(1e-5));
    }

    [Test]
    public void Model_that_the_runtime_could_not_write_is_not_kept()
    {
        Assert.That(Prepared!.Find(InstalledModels.Runtime, _model, Fill), Is.Null);
        Assert.That(Kept(), Is.Empty);

        static void Fill(string file)
        {
            File.WriteAllText(file, "begun");
            throw new SpeechEngineException("no space left on device");
        }
    }

    [Test]
    public void File_that_is_no_model_is_told_as_without_a_folder()
    {
        File.WriteAllText(_model, "no model");

        var told = Assert.Catch(() => Ask(null))!;
        Assert.That(Assert.Catch(() => Ask(Prepared))!.Message, Is.EqualTo(told.Message));
        Assert.That(Kept(), Is.Empty);
    }

    [Test]
    public async Task Prepared_recognizer_hears_the_same_words()
    {
        var folder = Path.Combine(InstalledModels.Folder, "moonshine");
        var model = new MoonshineModel(InstalledModels.Runtime, Path.Combine(folder, "tiny"), TokenTable.Load(Path.Combine(folder, "tokens.txt")), Prepared);
        using var recognizer = new MoonshineRecognizer("moonshine-tiny", model, InstalledModels.Workers, TimeProvider.System);
        var speech = await Sounds.SpokenAsync("I would like to talk to a person in the billing department.");

        var plain = await InstalledModels.Tiny.RecognizeAsync(speech, Expectation.Anything, "en-US", CancellationToken.None);
        var heard = await recognizer.RecognizeAsync(speech, Expectation.Anything, "en-US", CancellationToken.None);

        Assert.That(heard.Text, Is.EqualTo(plain.Text));
        Assert.That(heard.Confidence, Is.EqualTo(plain.Confidence).Within(1e-3));
        Assert.That(Kept().Count(), Is.EqualTo(2));
    }

    private PreparedModels? Prepared => PreparedModels.In(Path.Combine(_folder.FullName, "prepared"), TimeProvider.System, NullLogger.Instance);

    private IEnumerable<FileInfo> Kept() => new DirectoryInfo(Path.Combine(_folder.FullName, "prepared")).EnumerateFiles();

    private float[] Ask(PreparedModels? prepared)
    {
        using var detector = new SileroDetector(InstalledModels.Runtime, _model, prepared);
        using var activity = detector.Open();
        return [.. Noise.Chunk(IVoiceActivityDetector.FrameSamples).Where(frame => frame.Length == IVoiceActivityDetector.FrameSamples).Select(frame => activity.Process(frame))];
    }
}
