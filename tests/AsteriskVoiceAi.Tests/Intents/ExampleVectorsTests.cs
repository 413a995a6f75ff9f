using AsteriskVoiceAi.Calls.Intents;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class ExampleVectorsTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("voiceai-vectors-");

    [TearDown]
    public void Clean() => _folder.Delete(recursive: true);

    [Test]
    public async Task Second_load_encodes_nothing()
    {
        var encoder = new FakeEncoder("bill", "buy");
        var first = await VectorsAsync(encoder, "pay a bill", "buy");
        var second = await VectorsAsync(encoder, "pay a bill", "buy");

        Assert.That(encoder.Asked, Is.EqualTo(2));
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task Changed_example_is_the_only_one_encoded()
    {
        var encoder = new FakeEncoder("bill", "buy");
        await VectorsAsync(encoder, "pay a bill", "buy");
        await VectorsAsync(encoder, "pay the bill", "buy");

        Assert.That(encoder.Asked, Is.EqualTo(3));
    }

    [Test]
    public async Task Vectors_of_another_model_are_not_used()
    {
        await VectorsAsync(new FakeEncoder("bill", "buy"), "pay a bill");
        var other = new FakeEncoder("bill", "invoice");
        await VectorsAsync(other, "pay a bill");

        Assert.That(other.Asked, Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(60)]
    [TestCase(-1)]
    public async Task Damaged_file_is_made_again(int at)
    {
        var encoder = new FakeEncoder("bill", "buy");
        var first = await VectorsAsync(encoder, "pay a bill", "buy");
        var file = _folder.GetFiles("*.vectors").Single().FullName;
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[at < 0 ? bytes.Length - 1 : at] ^= 0xFF;
        await File.WriteAllBytesAsync(file, at == 0 ? bytes[..20] : bytes);

        Assert.That(await VectorsAsync(encoder, "pay a bill", "buy"), Is.EqualTo(first));
        Assert.That(encoder.Asked, Is.EqualTo(4));
        await VectorsAsync(encoder, "pay a bill", "buy");
        Assert.That(encoder.Asked, Is.EqualTo(4));
    }

    [Test]
    public async Task Folder_that_can_not_be_written_costs_only_the_keeping()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "no folder");
        var vectors = await new ExampleVectors(new FakeEncoder("bill"), new VectorShelf(file), NullLogger.Instance).OfAsync("main", ["pay a bill"], CancellationToken.None);

        Assert.That(vectors, Has.Length.EqualTo(1));
    }

    private Task<float[][]> VectorsAsync(ISentenceEncoder encoder, params string[] texts) =>
        new ExampleVectors(encoder, new VectorShelf(_folder.FullName), NullLogger.Instance).OfAsync("main", texts, CancellationToken.None);
}
