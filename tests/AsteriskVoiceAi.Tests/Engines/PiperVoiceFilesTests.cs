using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Piper;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class PiperVoiceFilesTests
{
    [Test]
    public void Description_tells_rate_language_speakers_and_scales()
    {
        using var files = new VoiceFiles(config: VoiceFiles.Config
            .Replace("\"num_speakers\":1,\"speaker_id_map\":{}", "\"num_speakers\":2,\"speaker_id_map\":{\"p1\":0,\"p2\":1},\"inference\":{\"noise_scale\":0.3,\"length_scale\":1.5,\"noise_w\":0.4}", StringComparison.Ordinal));

        var voice = PiperVoice.Open(files.Model, new PiperOptions { Speaker = "p2", Noise = 0 });

        Assert.That((voice.SampleRate, voice.Language, voice.Speaker, voice.Scales), Is.EqualTo((22_050, "en-US", 1L, new PiperScales(0, 1.5f, 0.4f))));
        Assert.That(voice.Terms("piper-program-en_US-fake-medium").Voices, Is.EqualTo(new[] { "piper-program-en_US-fake-medium", "piper-en_US-fake-medium", "piper-en_US-fake-medium/p1", "piper-en_US-fake-medium/p2" }));
        Assert.That(voice.Terms("x").SpeakerNumber("p1"), Is.Zero);
        Assert.That(
            () => PiperVoice.Open(files.Model, new PiperOptions { Speaker = "p3" }),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("no speaker 'p3'; it has p1, p2: correct speech.piper.speaker"));
    }

    [TestCase("", "is cut short")]
    [TestCase("{\"audio\":{\"sample_rate\":22050},\"es", "is cut short")]
    [TestCase("[]", "is cut short")]
    [TestCase("{\"audio\":5}", "audio.sample_rate is not from 8000 to 48000")]
    [TestCase("{\"audio\":{\"sample_rate\":\"many\"}}", "is cut short")]
    [TestCase("{\"audio\":{\"sample_rate\":22050},\"num_speakers\":0}", "num_speakers")]
    [TestCase("{\"audio\":{\"sample_rate\":22050},\"espeak\":{\"voice\":\"--stdout\"}}", "espeak.voice names no voice")]
    [TestCase("{\"audio\":{\"sample_rate\":22050},\"phoneme_type\":\"pinyin\"}", "no phonemes of the kind 'pinyin'")]
    [TestCase("{\"audio\":{\"sample_rate\":22050},\"phoneme_type\":\"text\",\"phoneme_id_map\":{\"a\":[1]}}", "lacks ^, _ or $")]
    [TestCase("{\"audio\":{\"sample_rate\":22050},\"phoneme_type\":\"text\",\"phoneme_id_map\":{\"^\":[999999]}}", "not below num_symbols")]
    public void Description_that_is_broken_is_told_with_its_place(string config, string said)
    {
        using var files = new VoiceFiles(config: config);

        Assert.That(() => PiperVoice.Open(files.Model, new()), Throws.TypeOf<SpeechEngineException>().With.Message.Contains(files.Model + ".json").And.Message.Contains(said));
    }

    [Test]
    public void Missing_description_is_told()
    {
        using var files = new VoiceFiles();
        File.Delete(files.Model + ".json");

        Assert.That(() => PiperVoice.Open(files.Model, new()), Throws.TypeOf<SpeechEngineException>().With.Message.Contains(files.Model + ".json is not there"));
    }

    [TestCase(0)]
    [TestCase(1_000)]
    [TestCase(1_000_000)]
    public void Model_that_is_cut_short_is_told_with_what_to_do(int length)
    {
        using var files = new VoiceFiles();
        File.WriteAllBytes(files.Model, File.ReadAllBytes(InstalledPiper.Model)[..length]);

        Assert.That(
            () => new PiperModel(InstalledModels.Runtime, files.Model, 1).Dispose(),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains(files.Model).And.Message.Contains("fetch it again with scripts/get-voice.sh"));
    }

    [Test]
    public void Model_that_is_no_voice_is_told()
    {
        Assert.That(
            () => new PiperModel(InstalledModels.Runtime, Path.Combine(InstalledModels.Folder, "silero", "silero_vad_v5.onnx"), 1).Dispose(),
            Throws.TypeOf<SpeechEngineException>().With.Message.Contains("is no Piper voice: its inputs are input, state, sr"));
    }

    [Test]
    public void Voice_is_named_as_on_its_hub_and_the_smaller_of_two_files_is_taken()
    {
        using var files = new VoiceFiles("large model");
        var small = files.Model.Replace(".onnx", ".int8w.onnx", StringComparison.Ordinal);
        File.WriteAllText(small, "small");

        Assert.That(PiperVoices.Names(files.Folder), Is.EqualTo(new[] { "en_US-fake-medium" }));
        Assert.That(PiperVoices.Find(files.Folder, "en_US-fake-medium"), Is.EqualTo(small));
        Assert.That(PiperVoices.LanguageOf(small), Is.EqualTo("en-US"));
        Assert.That(PiperVoices.Names("/nowhere"), Is.Empty);
    }
}
