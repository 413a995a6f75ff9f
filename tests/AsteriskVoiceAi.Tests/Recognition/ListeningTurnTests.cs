using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Tests.Recognition;

internal sealed class ListeningTurnTests
{
    /// <summary>One frame of 32 ms: time is counted in frames.</summary>
    private const int Frame = 32;

    [Test]
    public async Task Finished_request_ends_550_ms_after_the_last_voiced_sample()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("Where is my parcel?");
        script.Turn.PromptEnded();

        await script.Speak(1000);
        var silence = await script.SilenceUntilOver();

        Assert.That(silence, Is.EqualTo(550).Within(Frame / 2));
        Assert.That((await Heard(script)).Transcript.Text, Is.EqualTo("Where is my parcel?"));
    }

    [Test]
    public async Task Answer_is_prepared_while_the_caller_is_silent()
    {
        var prepared = new List<string>();
        var script = new ListeningScript(understand: (transcript, _) =>
        {
            prepared.Add(transcript.Text);
            return Task.FromResult(UtteranceVectors.None);
        });
        script.Recognizer.Answers.Enqueue("Where is my parcel?");
        script.Turn.PromptEnded();

        await script.Speak(1000);
        await script.Silence(300);

        Assert.That((prepared, script.Turn.Result.IsCompleted), Is.EqualTo((new List<string> { "Where is my parcel?" }, false)));
        await script.SilenceUntilOver();
        Assert.That((await Heard(script)).Understanding?.IsCompletedSuccessfully, Is.True);
    }

    [TestCase("Book a table for", 1500, TestName = "Caller_who_stops_after_for_is_given_1500_ms")]
    [TestCase("Book a table", 1000, TestName = "Caller_whose_sentence_has_no_final_mark_is_given_1000_ms")]
    public async Task Unfinished_sentence_is_given_time(string soFar, int ms)
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue(soFar);

        await script.Speak(1000);

        Assert.That(await script.SilenceUntilOver(), Is.EqualTo(ms).Within(Frame / 2));
    }

    [Test]
    public async Task Caller_who_goes_on_after_a_pause_is_one_utterance_recognised_anew()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("I want to");
        script.Recognizer.Answers.Enqueue("I want to track a parcel.");

        await script.Speak(600);
        await script.Silence(900);
        await script.Speak(600);
        await script.SilenceUntilOver();

        Assert.That((await Heard(script)).Transcript.Text, Is.EqualTo("I want to track a parcel."));
        Assert.That(script.Recognizer.SamplesAsked, Has.Count.EqualTo(2));
        // 600 + 900 + 600 ms of it and 200 ms of margin at the end; nothing was heard before the start.
        Assert.That(script.Recognizer.SamplesAsked[1] / 16, Is.InRange(2100, 2500));
    }

    [Test]
    public async Task Recognition_starts_200_ms_into_a_pause_and_once_per_pause()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("book a table for");

        await script.Speak(1000);
        await script.Silence(160);
        Assert.That(script.Recognizer.SamplesAsked, Is.Empty);
        await script.Silence(1000);

        Assert.That(script.Recognizer.SamplesAsked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Silence_after_the_prompt_is_no_input()
    {
        var script = new ListeningScript(noInput: TimeSpan.FromSeconds(5));
        await script.Silence(3000);
        script.Turn.PromptEnded();

        Assert.That(await script.SilenceUntilOver(), Is.InRange(5000, 5000 + Frame));
        Assert.That(await script.Turn.Result, Is.InstanceOf<ListenResult.NoInput>());
    }

    [Test]
    public async Task Caller_who_speaks_over_the_prompt_stops_it_within_200_ms()
    {
        var script = new ListeningScript();
        await script.Silence(500);
        Assert.That(script.Turn.PromptStop.IsStopped, Is.False);

        await script.Speak(160);

        Assert.That(script.Turn.PromptStop.IsStopped, Is.True);
    }

    [Test]
    public async Task Click_during_the_prompt_does_not_stop_it()
    {
        var script = new ListeningScript();

        await script.Speak(96);
        await script.Silence(1500);

        Assert.That(script.Turn.PromptStop.IsStopped, Is.False);
        Assert.That(script.Turn.Result.IsCompleted, Is.False);
    }

    [Test]
    public async Task Short_word_after_the_prompt_is_heard()
    {
        var script = new ListeningScript(new Expectation.YesNo());
        script.Recognizer.Answers.Enqueue("No.");
        script.Turn.PromptEnded();

        await script.Speak(96);

        Assert.That(await script.SilenceUntilOver(), Is.EqualTo(400).Within(Frame / 2));
        Assert.That((await Heard(script)).Transcript.Text, Is.EqualTo("No."));
    }

    [Test]
    public async Task Number_of_known_length_is_recognised_early_in_the_pause()
    {
        var script = new ListeningScript(new Expectation.Digits(4, 4));
        script.Turn.PromptEnded();

        await script.Speak(800);
        await script.Silence(128);

        Assert.That(script.Recognizer.SamplesAsked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Noise_without_words_is_forgotten_and_the_caller_is_given_the_whole_time_again()
    {
        var script = new ListeningScript(noInput: TimeSpan.FromSeconds(5));
        script.Turn.PromptEnded();
        await script.Speak(500);

        var silence = await script.SilenceUntilOver();

        Assert.That(silence, Is.InRange(5500, 6600));
        Assert.That(await script.Turn.Result, Is.InstanceOf<ListenResult.NoInput>());
        Assert.That(script.Recognizer.SamplesAsked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Key_stops_the_prompt_and_ends_the_turn_when_none_can_follow()
    {
        var script = new ListeningScript();

        script.Turn.Press('3');

        Assert.That(script.Turn.PromptStop.IsStopped, Is.True);
        Assert.That(await script.Turn.Result, Is.EqualTo(new ListenResult.Digits("3")));
    }

    [Test]
    public async Task Keys_that_may_go_on_end_after_two_seconds_of_quiet()
    {
        var script = new ListeningScript(keysComplete: _ => false);
        script.Turn.Press('1');
        await script.Silence(1500);
        script.Turn.Press('2');

        Assert.That(await script.SilenceUntilOver(), Is.InRange(2000, 2000 + Frame));
        Assert.That(await script.Turn.Result, Is.EqualTo(new ListenResult.Digits("12")));
    }

    [Test]
    public async Task Hash_ends_the_keys_at_once()
    {
        var script = new ListeningScript(keysComplete: _ => false);
        script.Turn.Press('1');
        script.Turn.Press('#');

        Assert.That(await script.Turn.Result, Is.EqualTo(new ListenResult.Digits("1")));
    }

    [Test]
    public void Key_that_does_not_count_is_as_if_never_pressed()
    {
        var script = new ListeningScript(keys: "12");

        script.Turn.Press('9');

        Assert.That(script.Turn.PromptStop.IsStopped, Is.False);
        Assert.That(script.Turn.Keys, Is.Empty);
    }

    [Test]
    public async Task End_key_in_the_middle_of_speech_takes_what_was_said()
    {
        var script = new ListeningScript(endKeys: "#");
        script.Recognizer.Answers.Enqueue("One two three");
        await script.Speak(800);
        script.Turn.Press('#');
        await script.Speak(64);

        Assert.That((await Heard(script)).Transcript.Text, Is.EqualTo("One two three"));
    }

    [Test]
    public async Task End_key_after_a_noise_leaves_the_next_words_whole()
    {
        var script = new ListeningScript(endKeys: "#");
        script.Recognizer.Answers.Enqueue("");
        script.Recognizer.Answers.Enqueue("Hello there.");
        await script.Speak(320);
        script.Turn.Press('#');
        await script.Silence(1000);

        await script.Speak(960);
        await script.SilenceUntilOver();

        Assert.That((await Heard(script)).Speech.TotalMilliseconds, Is.EqualTo(960));
    }

    [Test]
    public async Task Noise_that_goes_on_is_recognised_once_per_longest_utterance()
    {
        var script = new ListeningScript(maxUtterance: TimeSpan.FromSeconds(10));

        // 35 s in stretches of at most 10 s, each a little late by the time that speech takes to count.
        await script.Speak(35_000);

        Assert.That(script.Recognizer.SamplesAsked, Has.Count.EqualTo(3));
        Assert.That(script.Turn.Result.IsCompleted, Is.False);
    }

    [Test]
    public async Task Caller_who_never_stops_is_taken_at_the_limit()
    {
        var script = new ListeningScript(maxUtterance: TimeSpan.FromSeconds(10));
        script.Recognizer.Answers.Enqueue("and another thing and");

        await script.Speak(10_200);

        Assert.That((await Heard(script)).Speech, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Voice_does_not_stop_a_prompt_that_must_be_heard()
    {
        var script = new ListeningScript(voiceInterrupts: false);

        await script.Speak(2000);

        Assert.That(script.Turn.PromptStop.IsStopped, Is.False);
    }

    [Test]
    public async Task Engine_that_breaks_ends_the_turn_with_its_message()
    {
        var script = new ListeningScript();
        script.Recognizer.Breaks = new SpeechEngineException("moonshine-base: no memory");

        await script.Speak(500);
        await script.SilenceUntilOver();

        Assert.That(await script.Turn.Result, Is.EqualTo(new ListenResult.Failed("moonshine-base: no memory")));
    }

    [Test]
    public async Task Known_number_of_digits_ends_300_ms_after_the_last_one_and_waits_while_some_are_missing()
    {
        var complete = new ListeningScript(new Expectation.Digits(4, 4));
        complete.Recognizer.Answers.Enqueue("1 2 3 4");
        await complete.Speak(1500);
        Assert.That(await complete.SilenceUntilOver(), Is.EqualTo(300).Within(Frame / 2));

        var incomplete = new ListeningScript(new Expectation.Digits(4, 4));
        incomplete.Recognizer.Answers.Enqueue("1 2");
        await incomplete.Speak(800);
        Assert.That(await incomplete.SilenceUntilOver(), Is.EqualTo(2500).Within(Frame / 2));
    }

    [Test]
    public async Task Voice_that_sounds_unfinished_is_waited_for_and_asked_once_a_pause()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("I want to track a parcel.");
        script.TurnDetector.Answers.Enqueue(0.1);

        await script.Speak(1504);

        Assert.That(await script.SilenceUntilOver(), Is.EqualTo(1500).Within(Frame / 2));
        // Nothing was heard before the 1504 ms of speech; the pause is shown up to where it is asked.
        Assert.That(script.TurnDetector.SamplesAsked.Select(samples => samples / 16), Is.EqualTo(new[] { 1504 + 224 }));
    }

    [TestCase(800, TestName = "Voice_of_a_short_answer_is_not_asked")]
    public async Task Voice_is_not_asked(int ms)
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("Billing.");
        script.TurnDetector.Answers.Enqueue(0.1);

        await script.Speak(ms);

        Assert.That(await script.SilenceUntilOver(), Is.EqualTo(550).Within(Frame / 2));
        Assert.That(script.TurnDetector.SamplesAsked, Is.Empty);
    }

    [Test]
    public async Task Turn_model_that_breaks_leaves_it_to_the_words()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("I want to track a parcel.");
        script.TurnDetector.Breaks = new SpeechEngineException("smart-turn: broken");

        await script.Speak(1500);

        Assert.That(await script.SilenceUntilOver(), Is.EqualTo(550).Within(Frame / 2));
    }

    [Test]
    public async Task Every_pause_is_written_down()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("I want to");
        script.Recognizer.Answers.Enqueue("I want to track a parcel.");
        script.TurnDetector.Answers.Enqueue(0.8);

        await script.Speak(608);
        await script.Silence(128);
        await script.Speak(96);
        await script.Silence(896);
        await script.Speak(608);
        await script.SilenceUntilOver();

        // The first pause is under 200 ms, and the second is not asked about: its speech is under a second.
        Assert.That(script.Pauses, Has.Count.EqualTo(2));
        Assert.That(script.Pauses[0], Is.EqualTo(new PauseRecord(Ms(832), Ms(896), new(Ms(1500), EndpointRule.DanglingWord), null, PauseEnding.WentOn)));
        // 896 + 100 - 550 ms, but at most 250 more are given to this caller.
        Assert.That(script.Pauses[1], Is.EqualTo(new PauseRecord(Ms(2336), Ms(800), new(Ms(800), EndpointRule.Open), 0.8, PauseEnding.Ended)));
    }

    [Test]
    public async Task Recognitions_ahead_of_the_decision_are_counted()
    {
        var script = new ListeningScript();
        script.Recognizer.Answers.Enqueue("I want to");
        script.Recognizer.Answers.Enqueue("I want to track a parcel.");

        await script.Speak(600);
        await script.Silence(900);
        await script.Speak(600);
        await script.SilenceUntilOver();

        Assert.That((script.Status.SpeculationsStarted, script.Status.SpeculationsUsed, script.Status.SpeculationsThrownAway), Is.EqualTo((2, 1, 1)));
        Assert.That(script.Status.TextReadyAtEndpoint, Is.EqualTo(1));
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);

    private static async Task<CallerUtterance> Heard(ListeningScript script)
    {
        Assert.That(script.Turn.Result.IsCompleted, Is.True, "the turn goes on");
        var result = await script.Turn.Result;
        Assert.That(result, Is.InstanceOf<ListenResult.Heard>());
        return ((ListenResult.Heard)result).Utterance;
    }
}
