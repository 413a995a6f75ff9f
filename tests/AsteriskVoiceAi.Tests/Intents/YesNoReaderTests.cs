using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class YesNoReaderTests
{
    private static readonly YesNoReader English = new(LanguageWords.English);

    [TestCase("yes")]
    [TestCase("Yes.")]
    [TestCase("Yes, please!")]
    [TestCase("yeah that's right")]
    [TestCase("Yeah, that’s right.")]
    [TestCase("uh huh")]
    [TestCase("sure")]
    [TestCase("correct")]
    [TestCase("um yes I think so")]
    [TestCase("that's it")]
    [TestCase("of course")]
    [TestCase("why not")]
    [TestCase("I did")]
    [TestCase("please")]
    [TestCase("I would like that")]
    [TestCase("that'd be great")]
    [TestCase("all right")]
    [TestCase("oh, go on then")]
    [TestCase("Oh yes, that is the one that I was asking for.")]
    [TestCase("that's write")]
    public void Caller_who_agrees_says_yes(string said) => Assert.That(English.Read(said).Answer, Is.EqualTo(YesNo.Yes));

    [TestCase("no")]
    [TestCase("No, thank you.")]
    [TestCase("nope not that")]
    [TestCase("nah")]
    [TestCase("that's not right")]
    [TestCase("not really")]
    [TestCase("no no no")]
    [TestCase("yeah no")]
    [TestCase("of course not")]
    [TestCase("I don't want that")]
    [TestCase("I don't think so")]
    [TestCase("that is wrong")]
    [TestCase("no that's okay")]
    [TestCase("Know.")]
    [TestCase("know, thanks")]
    public void Caller_who_disagrees_says_no(string said) => Assert.That(English.Read(said).Answer, Is.EqualTo(YesNo.No));

    [TestCase("")]
    [TestCase("...")]
    [TestCase("I don't know")]
    [TestCase("not sure")]
    [TestCase("maybe")]
    [TestCase("where is my parcel")]
    [TestCase("what do you mean")]
    [TestCase("I didn't hear that")]
    [TestCase("I want to know whether it is on its way to London")]
    [TestCase("operator please")]
    [TestCase("I know")]
    [TestCase("you know")]
    [TestCase("can I go on then")]
    [TestCase("can you please whisper")]
    [TestCase("I would like to change the name on it")]
    public void Caller_who_does_neither_is_not_taken_for_either(string said) => Assert.That(English.Read(said).Answer, Is.EqualTo(YesNo.Neither));

    [TestCase("no, billing", "billing")]
    [TestCase("no I want sales", "i want sales")]
    [TestCase("yes", "")]
    [TestCase("know", "")]
    public void Words_besides_the_answer_are_kept(string said, string rest) => Assert.That(string.Join(' ', English.Read(said).Rest), Is.EqualTo(rest));

    [TestCase("de-DE", "Ja, genau.", "Yes")]
    [TestCase("de", "nein danke", "No")]
    [TestCase("de-AT", "weiß ich nicht", "Neither")]
    [TestCase("fr-FR", "oui", "Yes")]
    [TestCase("fr-CA", "pas du tout", "No")]
    [TestCase("es-MX", "Sí, claro", "Yes")]
    [TestCase("es", "no lo sé", "Neither")]
    public void Other_languages_have_their_words(string language, string said, string answer) =>
        Assert.That(new YesNoReader(LanguageWords.For(language)!).Read(said).Answer.ToString(), Is.EqualTo(answer));
}
