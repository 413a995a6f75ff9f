using AsteriskVoiceAi.Calls.Intents;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Intents;

public sealed class IntentRouterTests
{
    private static readonly IntentExamples[] Shop =
    [
        new("billing", ["a question about my invoice", "pay a bill", "I was charged twice", "refund"]),
        new("sales", ["I want to buy something", "what does it cost", "prices", "order a new one"]),
        new("openingHours", []),
    ];

    private static readonly IntentRouter Router = IntentRouter.Train(Shop, "en-US", IntentThresholds.Auto);

    [TestCase("billing", "billing")]
    [TestCase("Refund, please.", "billing")]
    [TestCase("prices please", "sales")]
    [TestCase("opening hours", "openingHours")]
    [TestCase("PAY A BILL!", "billing")]
    public void Short_utterance_with_one_intents_words_is_accepted(string said, string intent)
    {
        Assert.That(Router.Route(said), Is.InstanceOf<IntentDecision.Accept>().With.Property("Intent").EqualTo(intent));
    }

    [TestCase("")]
    [TestCase("?!")]
    [TestCase("zzz qqq")]
    [TestCase("please")]
    public void Text_without_a_known_word_matches_nothing(string said)
    {
        Assert.That(Router.Route(said), Is.InstanceOf<IntentDecision.NoMatch>());
    }

    [Test]
    public void Keyword_of_two_intents_names_neither()
    {
        var router = IntentRouter.Train([new("buy", ["new phone", "order a phone"]), new("repair", ["broken phone", "fix a phone"])], "en", IntentThresholds.Auto);
        Assert.That(router.Route("phone").Confidence, Is.LessThan(0.8));
        Assert.That(router.Route("fix phone").Confidence, Is.GreaterThan(0.8));
    }

    [Test]
    public void Case_punctuation_and_digits_change_nothing()
    {
        Assert.That(Router.Best("I WAS CHARGED 2 times, twice!"), Is.EqualTo(Router.Best("i was charged two times twice")));
    }

    [Test]
    public void Same_examples_always_give_the_same_router()
    {
        var again = IntentRouter.Train(Shop, "en-US", IntentThresholds.Auto);
        string[] texts = ["how much would a new one be", "my bill is wrong", "when do you open"];
        Assert.That(texts.Select(text => again.Best(text)), Is.EqualTo(texts.Select(text => Router.Best(text))));
    }

    [TestCase(0.9999, 0.9999, typeof(IntentDecision.NoMatch))]
    [TestCase(0.9999, 0.1, typeof(IntentDecision.Confirm))]
    [TestCase(0.1, 0.1, typeof(IntentDecision.Accept))]
    public void Thresholds_of_the_flow_decide(double accept, double confirm, Type decision)
    {
        var router = IntentRouter.Train(Shop, "en-US", new IntentThresholds(accept, confirm));
        Assert.That(router.Route("refund"), Is.InstanceOf(decision));
    }

    [Test]
    public void Single_intent_is_not_taken_for_everything()
    {
        var router = IntentRouter.Train([new("billing", ["pay a bill", "question about an invoice"])], "en-US", IntentThresholds.Auto);
        Assert.That(router.Route("pay my bill"), Is.Not.InstanceOf<IntentDecision.NoMatch>());
        Assert.That(router.Route("what is the weather in lisbon"), Is.InstanceOf<IntentDecision.NoMatch>());
    }

    [Test]
    public void Phrase_of_the_flow_means_its_intent_wherever_it_is_said()
    {
        var router = IntentRouter.Train([Shop[0], Shop[1] with { Phrases = ["speedy fibre"] }], "en-US", IntentThresholds.Auto);
        Assert.That(router.Route("hi um I was looking at that speedy fibre thing you have there"), Is.InstanceOf<IntentDecision.Accept>().With.Property("Intent").EqualTo("sales"));
    }

    [Test]
    public void Any_text_gets_a_decision_with_a_confidence_from_0_to_1()
    {
        Prop.ForAll<string?>(text => Router.Route(text ?? "").Confidence is >= 0 and <= 1).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Any_examples_make_a_router()
    {
        Prop.ForAll<NonNull<string>[], NonNull<string>[], NonNull<string>>((first, second, said) =>
        {
            var router = IntentRouter.Train([new("a", [.. first.Select(e => e.Get)]), new("b", [.. second.Select(e => e.Get)])], "en", IntentThresholds.Auto);
            return double.IsFinite(router.Route(said.Get).Confidence);
        }).QuickCheckThrowOnFailure();
    }
}
