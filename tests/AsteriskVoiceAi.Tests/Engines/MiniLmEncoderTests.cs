using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.SentenceEncoder;

namespace AsteriskVoiceAi.Tests.Engines;

internal sealed class MiniLmEncoderTests
{
    [Test]
    public void Texts_become_the_tokens_that_the_model_was_trained_on()
    {
        var pieces = WordPieces.Load(Path.Combine(InstalledEncoder.Folder, "vocab.txt"));
        Assert.Multiple(() =>
        {
            foreach (var row in Rows())
                Assert.That(pieces.Encode(row.Text), Is.EqualTo(row.Ids), row.Text);
        });
    }

    [Test]
    public async Task Vectors_are_those_of_the_reference()
    {
        foreach (var row in Rows().Where(row => row.Vector is not null))
        {
            var vector = await InstalledEncoder.Encoder.EncodeAsync(row.Text, CancellationToken.None);
            // Kernels differ between processors: the direction counts, not the bytes.
            Assert.That(vector.Zip(row.Vector!, (a, b) => (double)a * b).Sum(), Is.GreaterThanOrEqualTo(0.999), row.Text);
        }
    }

    [Test]
    public async Task Endless_text_is_cut_to_what_the_model_reads()
    {
        var pieces = WordPieces.Load(Path.Combine(InstalledEncoder.Folder, "vocab.txt"));
        var endless = string.Join(' ', Enumerable.Repeat("really", 100_000));

        Assert.That(pieces.Encode(endless), Has.Length.EqualTo(128));
        Assert.That(await InstalledEncoder.Encoder.EncodeAsync(endless, CancellationToken.None), Has.Length.EqualTo(384));
    }

    [Test]
    public void English_is_understood_and_nothing_else() =>
        Assert.That(new[] { "en", "en-US", "en_GB", "de-DE", "fr" }.Select(InstalledEncoder.Encoder.Understands), Is.EqualTo(new[] { true, true, true, false, false }));

    [Test]
    public void Missing_model_is_said_with_its_place_and_the_way_to_get_it()
    {
        var missing = Assert.Throws<SpeechEngineException>(() => new MiniLmEncoder(InstalledModels.Runtime, "/nowhere", InstalledModels.Workers).Dispose());
        Assert.That(missing!.Message, Does.Contain("/nowhere/vocab.txt").And.Contain("get-models.sh minilm"));
    }

    [Test]
    public void Vocabulary_of_another_model_is_refused()
    {
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, ["hello", "world"]);
        Assert.That(() => WordPieces.Load(file), Throws.TypeOf<SpeechEngineException>().With.Message.Contains("[UNK]"));
        File.Delete(file);
    }

    private static IEnumerable<(string Text, long[] Ids, float[]? Vector)> Rows()
    {
        foreach (var line in File.ReadLines(InstalledEncoder.Data("minilm-vectors.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            var vector = row.RootElement.TryGetProperty("embedding", out var values) ? values.EnumerateArray().Select(value => value.GetSingle()).ToArray() : null;
            yield return (row.RootElement.GetProperty("text").GetString()!, [.. row.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64())], vector);
        }
    }
}
