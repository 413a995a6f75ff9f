using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Moonshine;
using AsteriskVoiceAi.Engines.Moonshine.Grammars;

namespace AsteriskVoiceAi.Tests.Engines;

/// <summary>Which texts of the model a grammar allows, and what they mean to it.</summary>
public sealed class TokenGrammarTests
{
    private static readonly Lazy<TokenTable> Table = new(() => TokenTable.Load(Path.Combine(InstalledModels.Folder, "moonshine", "tokens.txt")));
    private static readonly Lazy<GrammarShelf> Shelf = new(() => new(Table.Value));

    [TestCase("9, 0, 8, 3.", "9083")]
    [TestCase("9083", "9083")]
    [TestCase("Nine oh eight three", "9083")]
    [TestCase("nine, zero. 8-3", "9083")]
    [TestCase("It's 9083.", "9083")]
    [TestCase("My number is nine zero eight three.", "9083")]
    [TestCase("double nine 83", "9983")]
    [TestCase("9 triple eight", "9888")]
    [TestCase("90", "90")]
    [TestCase("9, 0, 8, 3, 1", null)]
    [TestCase("ninety people", null)]
    [TestCase("hello", null)]
    public void Digits_are_read_up_to_their_number(string text, string? digits) => Assert.That(Read(new Expectation.Digits(4, 4), text), Is.EqualTo(digits));

    [TestCase("A, B, 1, 2", "AB12")]
    [TestCase("AB12", "AB12")]
    [TestCase("alpha bravo one two", "AB12")]
    [TestCase("A-B-1-2.", "AB12")]
    [TestCase("a b one two", "AB12")]
    [TestCase("W, double u", "WW")]
    [TestCase("hello there", null)]
    public void Letters_and_digits_are_read(string text, string? characters) => Assert.That(Read(new Expectation.Characters(4, 4), text), Is.EqualTo(characters));

    [TestCase("Yes.", "yes")]
    [TestCase("Yes, please.", "yes")]
    [TestCase("Um, yeah", "yes")]
    [TestCase("That's right.", "yes")]
    [TestCase("no thank you", "no")]
    [TestCase("No, it's not.", "no")]
    [TestCase("Yes I want to talk to somebody", null)]
    public void Yes_and_no_are_read(string text, string? answer) => Assert.That(Read(new Expectation.YesNo(), text), Is.EqualTo(answer));

    [TestCase("Billing.", "billing")]
    [TestCase("The opening hours, please.", "Opening hours")]
    [TestCase("I'd like billing", "billing")]
    [TestCase("press one", "press 1")]
    [TestCase("opening", null)]
    [TestCase("opening hours of the shop", null)]
    public void One_of_some_phrases_is_read_as_the_flow_wrote_it(string text, string? phrase) =>
        Assert.That(Read(new Expectation.OneOf(["billing", "Opening hours", "press 1"]), text), Is.EqualTo(phrase));

    [TestCase("March 15th, 2026.", "2026-03-15")]
    [TestCase("March the fifteenth", "03-15")]
    [TestCase("the third of May", "05-03")]
    [TestCase("twenty-first of June nineteen eighty-four", "1984-06-21")]
    [TestCase("On 3/15/2026", "2026-03-15")]
    [TestCase("15.3.2026", "2026-03-15")]
    [TestCase("Tomorrow.", "tomorrow")]
    [TestCase("next Monday", "next monday")]
    [TestCase("31st of February", null)]
    [TestCase("March", null)]
    public void Date_is_read(string text, string? date) => Assert.That(Read(new Expectation.Date(), text), Is.EqualTo(date));

    [Test]
    public void Where_anything_may_be_said_there_is_no_grammar() => Assert.That(Shelf.Value.For(Expectation.Anything), Is.Null);

    [Test]
    public void Grammar_is_made_once()
    {
        var first = Shelf.Value.For(new Expectation.OneOf(["a", "b"]));

        Assert.That(Shelf.Value.For(new Expectation.OneOf(["a", "b"])), Is.SameAs(first));
    }

    /// <summary>The value of a text, over every way through the grammar that writes it.</summary>
    private static string? Read(Expectation expectation, string text)
    {
        var grammar = Shelf.Value.For(expectation)!;
        var places = new List<(GrammarNode Node, string Meaning)> { (grammar.Start, "") };
        foreach (var token in Table.Value.Encode(text))
            places = [.. places.SelectMany(place => Next(grammar, place, token)).Distinct()];
        return places.Select(place => grammar.Follow(place.Node, place.Meaning, [])).OfType<string>().Select(grammar.Read).FirstOrDefault(value => value is not null);
    }

    private static IEnumerable<(GrammarNode Node, string Meaning)> Next(TokenGrammar grammar, (GrammarNode Node, string Meaning) place, int token)
    {
        var steps = new List<GrammarStep>();
        grammar.Follow(place.Node, place.Meaning, steps);
        return steps.Where(step => step.Token == token).Select(step => (step.Node, step.Meaning));
    }
}
