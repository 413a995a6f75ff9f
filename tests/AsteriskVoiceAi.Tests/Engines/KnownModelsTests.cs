using AsteriskVoiceAi.Engines.Models;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class KnownModelsTests
{
    [Test]
    public void Every_model_says_what_it_is_for_and_under_which_licence()
    {
        Assert.That(KnownModels.All, Has.Count.GreaterThan(8));
        Assert.That(KnownModels.All, Has.All.Matches<KnownModel>(model => model!.Purpose.Length > 0 && model.Licence.Length > 0 && model.Files.Count > 0 && model.Bytes > 0));
        Assert.That(KnownModels.All.Select(model => model.Name), Is.Unique.And.Contains("whisper-base").And.Contains("moonshine-base"));
    }

    [Test]
    public void Every_Piper_voice_has_model_description_and_licence()
    {
        Assert.That(KnownModels.Voices, Has.Count.GreaterThan(90));
        Assert.That(KnownModels.Voices, Has.All.Matches<KnownModel>(voice =>
            voice!.Purpose.Length > 0 && voice.Licence.Length > 0 && voice.Files.Any(file => file.Path == $"piper/{voice.Name}.onnx" && file.Bytes > 10_000_000) && voice.Files.Any(file => file.Path == $"piper/{voice.Name}.onnx.json")));
        Assert.That(KnownModels.Voices.Select(voice => voice.Name), Is.Unique.And.Contains("en_US-joe-medium"));
    }

    [Test]
    public void Model_is_there_when_all_its_files_have_a_size_that_they_may_have()
    {
        var folder = Directory.CreateTempSubdirectory("voiceai-models-");
        var model = KnownModels.Read("""
            model two
              for tests
              licence none
              file a 3 sha256:00
                from https://models.example/a 5 sha1:00
              file sub/b 1 sha256:00
            """)[0];
        Directory.CreateDirectory(Path.Combine(folder.FullName, "sub"));
        File.WriteAllText(Path.Combine(folder.FullName, "sub", "b"), "1");

        File.WriteAllText(Path.Combine(folder.FullName, "a"), "1234");
        Assert.That(model.IsIn(folder.FullName), Is.False);
        File.WriteAllText(Path.Combine(folder.FullName, "a"), "12345");
        Assert.That(model.IsIn(folder.FullName), Is.True);
        folder.Delete(recursive: true);
    }

    [Test]
    public void Word_that_the_list_does_not_know_is_refused()
    {
        Assert.That(() => KnownModels.Read("model a\n  hash 1"), Throws.TypeOf<FormatException>().With.Message.Contains("hash 1"));
    }
}
