using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Tests.Flows;

public sealed class DemoFlowTests
{
    private LoadedFlow _demo = null!;

    [OneTimeSetUp]
    public void Load() => _demo = FlowTexts.Load(FlowTexts.Demo());

    [TestCase("billing", "billing")]
    [TestCase("Operator.", "operator")]
    [TestCase("operator please", "operator")]
    [TestCase("Sales, please.", "sales")]
    [TestCase("goodbye", "goodbye")]
    [TestCase("Where's my parcel?", "track-parcel")]
    [TestCase("I'd like to track a package", "track-parcel")]
    [TestCase("tracking", "track-parcel")]
    [TestCase("What are your opening hours?", "opening-hours")]
    [TestCase("are you open on sunday", "opening-hours")]
    [TestCase("I have a question about an invoice", "billing")]
    [TestCase("can I talk to a real person", "operator")]
    [TestCase("accounting", "billing")]
    [TestCase("speak to an agent", "operator")]
    public void Caller_is_understood_at_once(string said, string intent)
    {
        Assert.That(_demo.Router.Route(said), Is.InstanceOf<IntentDecision.Accept>().With.Property("Intent").EqualTo(intent));
    }

    [TestCase("my delivery is two days late", "track-parcel")]
    [TestCase("you took money from my account twice", "billing")]
    [TestCase("is anyone there on the weekend", "opening-hours")]
    [TestCase("how much for a big package to Spain", "sales")]
    public void Caller_with_words_of_their_own_is_understood_or_asked(string said, string intent)
    {
        var decision = _demo.Router.Route(said);
        Assert.That(decision, Is.Not.InstanceOf<IntentDecision.NoMatch>());
        Assert.That(_demo.Router.Best(said).Intent, Is.EqualTo(intent));
    }

    [TestCase("yes")]
    [TestCase("hello")]
    [TestCase("purple elephants")]
    [TestCase("can you order me a pizza with mushrooms")]
    [TestCase("what is the weather like tomorrow in berlin")]
    public void Words_about_something_else_are_not_acted_on(string said)
    {
        Assert.That(_demo.Router.Route(said), Is.Not.InstanceOf<IntentDecision.Accept>());
    }

    [Test]
    public void Demo_flow_carries_its_file_name_and_a_person_for_every_dead_end()
    {
        Assert.That(_demo.Flow.Name, Is.EqualTo("main"));
        Assert.That(_demo.Flow.NoInput.Then, Is.EqualTo(new FlowTarget.ToIntent("operator")));
        Assert.That(_demo.Flow.NoMatch.Then, Is.EqualTo(new FlowTarget.ToIntent("operator")));
        Assert.That(_demo.Flow.NoInput.After, Is.EqualTo(TimeSpan.FromSeconds(6)));
        Assert.That(_demo.Flow.Intents.Select(intent => intent.Keys), Is.EqualTo(new[] { "1", "2", "3", "4", "0", "" }));
    }
}
