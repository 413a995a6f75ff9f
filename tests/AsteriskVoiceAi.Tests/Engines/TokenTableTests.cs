using AsteriskVoiceAi.Engines.Moonshine;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Encodings as Llama's own tokenizer gives them (without the token that begins a text).</summary>
public sealed class TokenTableTests
{
    private static readonly Lazy<TokenTable> Table = new(() => TokenTable.Load(Path.Combine(InstalledModels.Folder, "moonshine", "tokens.txt")));

    [TestCase("grabbed", new[] { 2646, 1327, 287 })]
    [TestCase("Hello world", new[] { 15043, 3186 })]
    [TestCase("镇", new[] { 29871, 30411 })]
    [TestCase("1", new[] { 29871, 29896 })]
    public void Text_is_encoded_as_the_model_was_trained_to_write_it(string text, int[] tokens) => Assert.That(Table.Value.Encode(text), Is.EqualTo(tokens));

    [TestCase("I would like to talk to a person, please.")]
    [TestCase("Code A B 1 2: naïve, 100 %!")]
    [TestCase("日本 🙂")]
    public void What_is_encoded_is_decoded_again(string text) => Assert.That(Table.Value.Decode(Table.Value.Encode(text)), Is.EqualTo(text));
}
