using System.Text;
using System.Text.Json.Nodes;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Flows;

public sealed class FlowFileTests
{
    [Test]
    public void Small_flow_gets_defaults()
    {
        var flow = FlowTexts.Load(FlowTexts.Small).Flow;
        Assert.That(flow.Language, Is.EqualTo("en-US"));
        Assert.That(flow.Operator, Is.EqualTo("operator"));
        Assert.That(flow.NoInput.Then, Is.EqualTo(new FlowTarget.ToIntent("operator")));
        Assert.That(flow.NoMatch.Prompts.Single().Source, Is.EqualTo("Sorry, I didn't get that. Could you say it another way?"));
        Assert.That(flow.Confidence, Is.EqualTo(IntentThresholds.Auto));
        Assert.That(flow.BargeIn, Is.True);
    }

    [Test]
    public void Every_key_arrives_in_the_flow()
    {
        const string Text = """
            flow: all
            language: de-DE
            greeting: 'Guten Tag {customer}.'
            variables: { customer: "", shop: Laden }
            barge-in: no
            operator: person
            no-input: { prompts: [Hallo?], then: hang-up, after: 1.5s }
            no-match: { prompts: [Wie bitte?, Noch mal?], then: dialplan }
            confidence: { accept: 0.8, confirm: 0.4 }
            intents:
              person:
                title: mit einem Menschen sprechen
                confirm: Möchten Sie einen Menschen sprechen?
                examples:
                  - Mitarbeiter
                keys: 0
                do:
                  - say: Gerne.
                  - transfer: { context: support, extension: 0600, say: Moment. }
              back:
                keys: "*"
                do: [return]
              bye:
                keys: "#"
                do: [hang-up: Tschüss.]
            """;
        var flow = FlowTexts.Load(Text).Flow;
        Assert.That((flow.Name, flow.Language, flow.Operator, flow.BargeIn), Is.EqualTo(("all", "de-DE", "person", false)));
        Assert.That(flow.Variables, Is.EqualTo(new Dictionary<string, string> { ["customer"] = "", ["shop"] = "Laden" }));
        Assert.That(flow.NoInput.After, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
        Assert.That((flow.NoInput.Then, flow.NoMatch.Then), Is.EqualTo(((FlowTarget)new FlowTarget.HangUp(), (FlowTarget)new FlowTarget.Dialplan())));
        Assert.That(flow.Confidence, Is.EqualTo(new IntentThresholds(0.8, 0.4)));
        var person = flow.Intent("person")!;
        Assert.That((person.Title, person.Keys, person.Confirm!.Source), Is.EqualTo(("mit einem Menschen sprechen", "0", "Möchten Sie einen Menschen sprechen?")));
        // A leading zero stays: an extension is a name, not a number.
        Assert.That(person.Do[1], Is.InstanceOf<FlowStep.Transfer>().With.Property("Extension").EqualTo("0600"));
        Assert.That(flow.Intent("back")!.Do.Single(), Is.EqualTo(new FlowStep.Return(null)));
        Assert.That(flow.Intent("bye")!.Do.Single(), Is.InstanceOf<FlowStep.HangUp>().With.Property("Text").Property("Source").EqualTo("Tschüss."));
    }

    [TestCase("Code <say-as interpret-as='characters'>{name}</say-as>.", "A<break time='10s'/>&{name}", "<speak>Code <say-as interpret-as='characters'>A&lt;break time='10s'/&gt;&amp;{name}</say-as>.</speak>")]
    [TestCase("<speak>Hello {name}.</speak>", "]]>", "<speak>Hello ]]&gt;.</speak>")]
    [TestCase("{name}", "<speak>Hi</speak>", "<speak>&lt;speak&gt;Hi&lt;/speak&gt;</speak>")]
    [TestCase("5 < 6 & {name}", "7 > 6", "5 < 6 & 7 > 6")]
    [TestCase("Hello {name}, welcome.", "Ann", "Hello Ann, welcome.")]
    [TestCase("Hello {name}, welcome.", "{name} {other}", "Hello {name} {other}, welcome.")]
    [TestCase("  Hello\n  {name}.", "", "Hello .")]
    public void Values_are_data_in_a_text(string text, string value, string said)
    {
        Assert.That(FlowText.Parse(text, out _)!.Render(_ => value), Is.EqualTo(said));
    }

    [Test]
    public void Any_text_is_read_without_an_exception()
    {
        Prop.ForAll<string?>(text => FlowFile.Parse(text ?? "", "x.yaml").Problems.Count > 0).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Any_damage_to_a_flow_is_read_without_an_exception()
    {
        var demo = FlowTexts.Demo();
        var damage = ArbMap.Default.ArbFor<(NonNegativeInt At, NonNegativeInt Length, NonNull<string> Insert)>();
        var pieces = Gen.Elements("\t", "{", "[", "]", "}", "*", "&a", "!x", ": ", "- ", "\"", "'", "|", ">", "%", "\n", "\0", "\uD800", "#", "? ", "<<: ", "---\n", "...", "@", "`").ToArbitrary();
        Prop.ForAll(damage, pieces, (hit, piece) =>
        {
            var at = hit.At.Get * 37 % demo.Length;
            var end = Math.Min(demo.Length, at + hit.Length.Get);
            var file = FlowFile.Parse(demo[..at] + piece + hit.Insert.Get + demo[end..], "x.yaml");
            return (file.Flow is null) == (file.Problems.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Test]
    public void File_that_is_not_utf8_is_refused()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid() + ".yaml");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("flow: "), 0xE4, 0xF6]);
        Assert.That(FlowFile.Read(path).Problems.Single().Found, Is.EqualTo("bytes that are not UTF-8"));
        File.Delete(path);
        Assert.That(FlowFile.Read(path).Problems.Single().Found, Does.StartWith("no way to read it"));
    }

    [Test]
    public void Schema_has_every_key_that_the_reader_takes_and_none_that_it_refuses()
    {
        var schema = JsonNode.Parse(FlowSchema.Json)!;
        var intent = schema["properties"]!["intents"]!["additionalProperties"]!;
        Assert.That(schema["properties"]!.AsObject().Select(key => key.Key), Is.EqualTo(FlowShape.Root.Keys.Select(key => key.Name)));
        Assert.That(intent["properties"]!.AsObject().Select(key => key.Key), Is.EqualTo(new[] { "title", "confirm", "examples", "phrases", "keys", "slots", "do" }));
        Assert.That(intent["required"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(new[] { "do" }));
        Assert.That(schema["$schema"]!.GetValue<string>(), Is.EqualTo("http://json-schema.org/draft-07/schema#"));
    }
}
