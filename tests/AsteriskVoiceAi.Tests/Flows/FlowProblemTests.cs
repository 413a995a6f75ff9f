using AsteriskVoiceAi.Calls.Flows;

namespace AsteriskVoiceAi.Tests.Flows;

/// <summary>Every mistake has a place and says what was expected.</summary>
public sealed class FlowProblemTests
{
    /// <summary>Seven lines that are right; line 8 is the first of a case.</summary>
    private const string Head = """
        flow: main
        greeting: Hello.
        intents:
          operator:
            examples: [operator, talk to a person]
            keys: "0"
            do: [{transfer: {context: support, extension: "600"}}]

        """;

    private static readonly TestCaseData[] Mistakes =
    [
        Case("Unknown_key", "languge: en-US", "8:1: found the key 'languge'; expected one of flow, language, voice, greeting, variables, barge-in, backchannels, record, knowledge, operator, no-input, no-match, confidence, intents; did you mean 'language'?"),
        Case("Key_written_twice", "greeting: Hi.", "8:1: found the key 'greeting' again; expected it once; it is on line 2 already"),
        Case("Bad_language_tag", "language: english", "8:11: found 'english'; expected a language tag, such as en-US"),
        Case("List_where_a_text_belongs", "language: [en, de]", "8:11: found a list; expected a language tag, such as en-US"),
        Case("Text_where_a_map_belongs", "no-input: operator", "8:11: found 'operator'; expected prompts, then and after"),
        Case("Empty_prompts", "no-match: { prompts: [], then: operator }", "8:22: found an empty list; expected a list of texts to say"),
        Case("Unknown_target", "no-match: { then: opertor }", "8:19: found 'opertor'; expected the name of an intent of this flow; did you mean 'operator'?"),
        Case("Unknown_operator", "operator: person", "8:11: found 'person'; expected the name of an intent of this flow"),
        Case("Target_that_asks_again", "  loop: {examples: [loop], do: [{ask-again: Again?}]}\nno-input: {then: loop}", "9:18: found 'loop'; expected an intent that ends in transfer, hang-up or return; asking again would go round for ever"),
        Case("Bad_duration", "no-input: { after: 5 }", "8:20: found '5'; expected a time from 500ms to 60s, such as 5s, 1.5s or 700ms"),
        Case("Duration_out_of_range", "no-input: { after: 100ms }", "8:20: found '100ms'; expected a time from 500ms to 60s"),
        Case("Level_over_one", "confidence: { accept: 1.5 }", "8:23: found '1.5'; expected auto or a number from 0 to 1"),
        Case("Level_misspelt", "confidence: { accept: atuo }", "8:23: found 'atuo'; expected auto or a number from 0 to 1; did you mean 'auto'?"),
        Case("Confirm_over_accept", "confidence: { accept: 0.5, confirm: 0.6 }", "8:37: found 0.6; expected at most what accept is"),
        Case("Keys_of_two_intents", "  sales: {keys: \"0\", do: [hang-up]}", "8:17: found the keys '0' again; expected other keys; intent 'operator' on line 4 has these"),
        Case("Keys_that_no_phone_has", "  sales: {keys: \"A\", do: [hang-up]}", "8:17: found 'A'; expected keys of a phone in quotes, such as \"1\" or \"#\""),
        Case("Intent_twice", "  operator: {keys: \"1\", do: [hang-up]}", "8:3: found the key 'operator' again; expected it once; it is on line 4 already"),
        Case("Intent_name_with_blank", "  my sales: {keys: \"1\", do: [hang-up]}", "8:3: found 'my sales'; expected a name: letters, digits, - and _, at most 64"),
        Case("Intent_with_a_targets_name", "  dialplan: {keys: \"1\", do: [hang-up]}", "8:3: found 'dialplan'; expected another name; this one means a place under then:"),
        Case("Intent_without_a_way_in", "  sales: {do: [hang-up]}", "8:3: found the intent 'sales' without examples and keys; expected one of them, or no caller gets there"),
        Case("Intent_without_steps", "  sales: {keys: \"1\"}", "8:10: found no key 'do'; expected 'do': a list of steps"),
        Case("Intent_that_is_a_list", "  sales: [hang-up]", "8:10: found a list; expected an intent: examples, keys, do"),
        Case("Empty_examples", "  sales: {examples: [], do: [hang-up]}", "8:21: found an empty list; expected a list of sentences"),
        Case("Example_without_words", "  sales: {examples: [\"?!\"], do: [hang-up]}", "8:22: found '?!'; expected a sentence with words"),
        Case("Empty_example", "  sales: {examples: [\"\"], do: [hang-up]}", "8:22: found nothing; expected a sentence"),
        Case("Example_of_two_intents", "  sales: {examples: [Operator!], do: [hang-up]}", "8:22: found 'Operator!' again; expected it in one intent only; 'operator' has it, too"),
        Case("Unknown_step", "  sales: {keys: \"1\", do: [{trasfer: {context: x}}]}", "8:28: found the key 'trasfer'; expected one of say, webhook, ask-again, transfer, hang-up, return; did you mean 'transfer'?"),
        Case("Unknown_step_word", "  sales: {keys: \"1\", do: [hangup]}", "8:27: found 'hangup'; expected hang-up or return, or a step with a value; did you mean 'hang-up'?"),
        Case("Two_steps_in_one", "  sales: {keys: \"1\", do: [{say: a, hang-up: b}]}", "8:27: found 2 keys in one step; expected one step each, with a '-' of its own"),
        Case("Step_after_a_transfer", "  sales: {keys: \"1\", do: [{transfer: {context: x}}, {say: Bye.}, hang-up]}", "8:53: found a step after 'transfer'; expected 'transfer' as the last step"),
        Case("Say_as_last_step", "  sales: {keys: \"1\", do: [{say: Bye.}]}", "8:27: found 'say' as the last step; expected ask-again, transfer, hang-up or return after it"),
        Case("Transfer_to_nowhere", "  sales: {keys: \"1\", do: [{transfer: {say: Bye.}}]}", "8:38: found a transfer without context and extension; expected at least one of them"),
        Case("Extension_that_is_dialplan_code", "  sales: {keys: \"1\", do: [{transfer: {extension: \"${EXTEN}\"}}]}", "8:50: found '${EXTEN}'; expected a dialplan name: letters, digits and _ . + * # -, at most 79"),
        Case("Context_with_comma", "  sales: {keys: \"1\", do: [{transfer: {context: \"a,b\"}}]}", "8:48: found 'a,b'; expected a dialplan name: letters, digits and _ . + * # -, at most 79"),
        Case("Empty_say", "  sales: {keys: \"1\", do: [{say: }, hang-up]}", "8:33: found nothing; expected a text to say"),
        Case("Slot_without_question", "  sales: {keys: \"1\", slots: {n: {type: digits}}, do: [hang-up]}", "8:33: found no key 'ask'; expected 'ask': a text to say"),
        Case("Slot_of_unknown_type", "  sales: {keys: \"1\", slots: {n: {type: digit, ask: Which?}}, do: [hang-up]}", "8:40: found 'digit'; expected one of digits, phone, alnum, spelled, name, email, date, time, datetime, duration, money, number, percent, ordinal, yesno, expiry, choice, text; did you mean 'digits'?"),
        Case("Choice_without_choices", "  sales: {keys: \"1\", slots: {n: {type: choice, ask: Which?}}, do: [hang-up]}", "8:33: found a choice without choices; expected 'choices': a list of words"),
        Case("Broken_pattern", "  sales: {keys: \"1\", slots: {n: {type: alnum, ask: Which?, pattern: '['}}, do: [hang-up]}", "8:69: found '['; expected a regular expression without look-around and back references"),
        Case("Unknown_tag", "  sales: {keys: \"1\", do: [{say: \"Hi <voice name='x'>you</voice>\"}, hang-up]}", "8:33: found the tag <voice> in a text; expected one of speak, say-as, break, prosody, lang or sub; a plain < is written &lt;"),
        Case("Tag_left_open", "  sales: {keys: \"1\", do: [{say: \"<prosody rate='slow'>Hi\"}, hang-up]}", "8:33: found broken markup (The 'prosody' start tag on line 1 position 9 does not match the end tag of 'speak'.) in a text; expected markup in which every tag is closed; a plain < is written &lt; and a plain & is written &amp;"),
        Case("Break_that_never_ends", "  sales: {keys: \"1\", do: [{say: \"Hi <break time='99s'/>\"}, hang-up]}", "8:33: found a <break> of '99s' in a text; expected time such as 500ms or 1.5s, at most 10s, or strength none, x-weak, weak, medium, strong or x-strong"),
        Case("Entity_bomb", "  sales: {keys: \"1\", do: [{say: \"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;\"}, hang-up]}", "8:33: found broken markup (Unexpected DTD declaration.) in a text; expected markup in which every tag is closed; a plain < is written &lt; and a plain & is written &amp;"),
        Case("Variable_in_a_tag", "  sales: {keys: \"1\", do: [{say: \"<break time='{wait}'/>\"}, hang-up]}\nvariables: {wait: 1s}", "8:33: found '{wait}' inside of a tag in a text; expected variables in the text only"),
        Webhook("Webhook_to_no_address", "url: x", "8:43: found 'x'; expected an address such as http://crm.local/parcels/{number}, with a fixed host and without a password"),
        Webhook("Webhook_to_a_file", "url: 'file:///etc/passwd'", "8:43: found 'file:///etc/passwd'; expected an address such as http://crm.local/parcels/{number}, with a fixed host and without a password"),
        Webhook("Webhook_whose_host_a_value_chooses", "url: 'http://{shop}.local/'", "8:43: found 'http://{shop}.local/'; expected an address such as http://crm.local/parcels/{number}, with a fixed host and without a password"),
        Webhook("Webhook_with_a_password", "url: 'http://me:secret@crm.local/'", "8:43: found 'http://me:secret@crm.local/'; expected an address such as http://crm.local/parcels/{number}, with a fixed host and without a password"),
        Webhook("Webhook_that_leaves_its_folder", "url: 'http://crm.local/a/../b'", "8:43: found 'http://crm.local/a/../b'; expected an address such as http://crm.local/parcels/{number}"),
        Webhook("Webhook_with_an_unknown_value", "url: 'http://crm.local/{numbr}'", "8:43: found '{numbr}' in a text; expected a name that stands under variables:"),
        Webhook("Webhook_without_address", "save: x", "8:37: found no key 'url'; expected 'url': an address such as http://crm.local/parcels/{number}, with a fixed host and without a password"),
        Webhook("Webhook_that_waits_too_long", "url: 'http://crm.local/', timeout: 60s", "8:73: found '60s'; expected a time from 100ms to 30s"),
        Webhook("Webhook_with_a_callers_words_in_a_header", "url: 'http://crm.local/', headers: {X-Name: '{name}'}", "8:82: found '{name}' in a header; expected {secret.NAME} or fixed words: what callers say does not go into headers"),
        Webhook("Webhook_with_a_header_of_the_connection", "url: 'http://crm.local/', headers: {host: evil}", "8:74: found the header 'host'; expected another one: this one is the connection's own"),
        Webhook("Webhook_with_a_body_that_is_ignored", "url: 'http://crm.local/', method: GET, body: {a: b}", "8:83: found a body of a GET; expected POST, PUT or PATCH as method; servers ignore it otherwise"),
        Webhook("Webhook_that_fails_to_nowhere", "url: 'http://crm.local/', on-error: opertor", "8:74: found 'opertor'; expected the name of an intent of this flow, continue, hang-up or dialplan; did you mean 'operator'?"),
        Webhook("Webhook_that_fails_in_a_circle", "url: 'http://crm.local/', on-error: sales", "8:74: found 'sales'; expected an intent without webhooks, or with on-error: continue in each of them"),
        Case("Secret_that_is_said", "no-match: {prompts: [\"It is {secret.crm}.\"]}", "8:22: found '{secret.crm}' in a text; expected a name that stands under variables:"),
        Case("Webhook_as_last_step", "  sales: {keys: \"1\", do: [{webhook: {url: 'http://crm.local/'}}]}", "8:27: found 'webhook' as the last step; expected ask-again, transfer, hang-up or return after it"),
        Case("Unknown_variable", "variables: {customer: friend}\nno-match: {prompts: [\"Sorry, {custmer}.\"]}", "9:22: found '{custmer}' in a text; expected a name that stands under variables:; did you mean 'customer'?"),
        Case("Lone_brace", "no-match: {prompts: [\"Sorry {.\"]}", "8:22: found a single '{' in a text; expected {name} with the name of a variable; a lone brace can't be said"),
        Case("Nested_places", "no-match: {prompts: [\"Sorry {a{b}}.\"]}", "8:22: found '{a{b}' in a text; expected {name} with the name of a variable; a lone brace can't be said"),
        Case("Map_where_a_text_belongs", "no-match: {prompts: [{Sorry: what}]}", "8:22: found a map (key: value); expected a text to say; a text with ': ' or '{' goes in quotes"),
        Case("Control_character", "no-match: {prompts: [\"Sorry\\a.\"]}", "8:22: found a control character; expected a text to say"),
        Case("Too_long_text", "no-match: {prompts: [" + new string('x', 1001) + "]}", "8:22: found 1001 characters; expected a text to say; at most 1000 characters"),
        Case("No_prompts_in_a_language_without_any", "language: sv-SE\nno-match: {prompts: [Va?]}", "1:1: found no prompts under 'no-input'; expected some: there are none built in for 'sv-SE'"),
        Case("Barge_in_neither_yes_nor_no", "barge-in: maybe", "8:11: found 'maybe'; expected yes or no"),
        Case("Tab", "no-match:\n\tthen: operator", "9:1: found a tab; expected spaces as indentation"),
        Case("Alias", "greeting2: *hello", "8:12: found an alias ('*name'); expected the value itself; keys and texts that begin with * go in quotes"),
        Case("Anchor", "greeting2: &hello Hi", "8:12: found an anchor ('&name'); expected the value itself; texts that begin with & go in quotes"),
        Case("Tag", "greeting2: !!binary Hi", "8:12: found a tag ('!name'); expected the value itself; texts that begin with ! go in quotes"),
        Case("Merge_key", "<<: {greeting2: x}", "8:1: found a merge key ('<<'); expected the keys themselves"),
        Case("List_as_key", "[a, b]: x", "8:1: found a list; expected a name as key"),
        Case("Second_document", "---\nflow: other", "8:1: found a second document; expected one flow in a file"),
        Case("Deep_nesting", "greeting2: " + new string('[', 100), "8:28: found too deep nesting; expected at most 16 levels"),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void Mistake_is_reported_with_its_place(string text, string expected)
    {
        var file = FlowFile.Parse(text, "main.yaml", "main");
        Assert.That(file.Flow, Is.Null);
        Assert.That(file.Problems.Select(problem => problem.ToString()), Is.EqualTo(new[] { "main.yaml:" + expected }));
    }

    [Test]
    public void Broken_yaml_says_where()
    {
        var problem = FlowFile.Parse(Head + "greeting: \"unfinished", "main.yaml").Problems.Single();
        Assert.That(problem.Line, Is.InRange(8, 9));
        Assert.That(problem.Found, Does.StartWith("broken YAML: "));
    }

    [Test]
    public void Text_with_a_colon_is_explained()
    {
        var problem = FlowFile.Parse("flow: main\ngreeting: Press 1: sales", "main.yaml").Problems.Single();
        Assert.That(problem.Line, Is.EqualTo(2));
        Assert.That(problem.Expected, Does.Contain("quotes"));
    }

    [TestCase("", "an empty file")]
    [TestCase("# nothing here\n", "an empty file")]
    [TestCase("just words", "'just words'")]
    [TestCase("- a\n- b", "a list")]
    public void File_that_is_no_flow_is_refused(string text, string found)
    {
        Assert.That(FlowFile.Parse(text, "main.yaml").Problems.Select(problem => problem.Found), Is.EqualTo(new[] { found }));
    }

    [Test]
    public void Huge_file_is_refused_before_it_is_parsed()
    {
        Assert.That(FlowFile.Parse(new string('#', YamlReader.MaxCharacters + 1), "main.yaml").Problems.Single().Expected, Is.EqualTo("at most 262144"));
    }

    [Test]
    public void Flow_has_to_be_called_like_its_file()
    {
        Assert.That(FlowFile.Parse(Head, "sales.yaml", "sales").Problems.Single().ToString(), Is.EqualTo("sales.yaml:1:7: found 'main'; expected 'sales', as the file is called"));
    }

    [Test]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        const string Text = """
            flow: main
            greting: Hello.
            no-match: { then: nobody }
            intents:
              sales:
                examples: []
                do: [{say: Hi}]
              billing:
                keys: x
                do: [{transfer: {context: "a b"}}, hang-up]
            """;
        var lines = FlowFile.Parse(Text, "main.yaml").Problems.Select(problem => (problem.Line, problem.Column));
        Assert.That(lines, Is.EqualTo(new[] { (1, 1), (2, 1), (3, 19), (6, 15), (7, 10), (9, 11), (10, 31), (10, 40) }));
    }

    /// <summary>The webhook's map begins at column 37.</summary>
    private static TestCaseData Webhook(string name, string keys, string expected) => Case(name, $"  sales: {{keys: \"1\", do: [{{webhook: {{{keys}}}}}, hang-up]}}", expected);

    private static TestCaseData Case(string name, string lines, string expected) => new TestCaseData(Head + lines, expected).SetName(name + "_is_reported");
}
