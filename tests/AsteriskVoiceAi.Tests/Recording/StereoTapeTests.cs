using AsteriskVoiceAi.Calls.Recording;
using Microsoft.Extensions.Time.Testing;

namespace AsteriskVoiceAi.Tests.Recording;

/// <summary>What was heard and what was really played, on one time line.</summary>
[TestFixture]
public sealed class StereoTapeTests
{
    private const int Rate = 8000;
    private const int Frame = Rate / 50;

    private readonly List<(short Left, short Right)> _taken = [];
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Both_sides_lie_side_by_side()
    {
        var tape = new StereoTape(Rate, _time);
        Hear(tape, 100, 1);
        var prompt = tape.Begin(Sound(50 * Frame, 7));
        Take(tape);
        Hear(tape, 50, 2);
        tape.End(prompt, 50 * Frame);
        Take(tape);
        Hear(tape, 100, 3);
        Take(tape, last: true);

        Assert.That(_taken, Has.Count.EqualTo(250 * Frame));
        Assert.That(_taken.Select(pair => pair.Left).Distinct(), Is.EqualTo(new short[] { 1, 2, 3 }));
        Assert.That(Right(7), Is.EqualTo((100 * Frame, 50 * Frame)));
    }

    [Test]
    public void Prompt_that_was_stopped_ends_where_the_caller_stopped_hearing_it()
    {
        var tape = new StereoTape(Rate, _time);
        var prompt = tape.Begin(Sound(500 * Frame, 7));
        Hear(tape, 30, 1);
        // Known a little later than it was.
        tape.End(prompt, 25 * Frame);
        Hear(tape, 100, 1);
        Take(tape, last: true);

        Assert.That(Right(7), Is.EqualTo((0, 25 * Frame)));
    }

    [Test]
    public void Prompt_that_begins_while_frames_of_the_caller_wait_to_be_read_lies_where_the_caller_heard_it()
    {
        var tape = new StereoTape(Rate, _time);
        Hear(tape, 10, 1);
        // 100 ms of the caller came and lie unread.
        _time.Advance(TimeSpan.FromMilliseconds(100));
        var (prompt, next) = (tape.Begin(Sound(10 * Frame, 7)), tape.Begin(Sound(10 * Frame, 8)));
        for (var i = 0; i < 5; i++)
            tape.Hear(Sound(Frame, 1).Span);
        Hear(tape, 10, 1);
        tape.End(prompt, 10 * Frame);
        Hear(tape, 10, 1);
        tape.End(next, 10 * Frame);
        Take(tape, last: true);

        Assert.That((Right(7), Right(8)), Is.EqualTo(((15 * Frame, 10 * Frame), (25 * Frame, 10 * Frame))));
    }

    [Test]
    public void Prompts_in_a_row_follow_without_a_gap_and_what_waits_behind_a_stopped_one_begins_at_once()
    {
        var tape = new StereoTape(Rate, _time);
        var (first, second, third) = (tape.Begin(Sound(20 * Frame, 7)), tape.Begin(Sound(100 * Frame, 8)), tape.Begin(Sound(10 * Frame, 9)));
        Hear(tape, 20, 1);
        tape.End(first, 20 * Frame);
        Hear(tape, 10, 1);
        tape.End(second, 10 * Frame);
        Hear(tape, 30, 1);
        tape.End(third, 10 * Frame);
        Take(tape, last: true);

        Assert.Multiple(() =>
        {
            Assert.That(Right(7), Is.EqualTo((0, 20 * Frame)));
            Assert.That(Right(8), Is.EqualTo((20 * Frame, 10 * Frame)));
            Assert.That(Right(9), Is.EqualTo((30 * Frame, 10 * Frame)));
        });
    }

    [Test]
    public void End_of_a_prompt_that_is_known_before_its_time_is_kept()
    {
        var tape = new StereoTape(Rate, _time);
        var samples = Enumerable.Repeat((short)7, 10 * Frame).ToArray();
        var prompt = tape.Begin(samples);
        Hear(tape, 8, 1);
        tape.End(prompt, 10 * Frame);
        // They are the player's again.
        Array.Clear(samples);
        Hear(tape, 20, 1);
        Take(tape, last: true);

        Assert.That(Right(7), Is.EqualTo((0, 10 * Frame)));
    }

    [Test]
    public void Last_words_are_kept_although_the_call_ends_with_them()
    {
        var tape = new StereoTape(Rate, _time);
        var prompt = tape.Begin(Sound(10 * Frame, 7));
        Hear(tape, 10, 1);
        tape.End(prompt, 10 * Frame);
        Take(tape, last: true);

        Assert.That(Right(7), Is.EqualTo((0, 10 * Frame)));
        Assert.That(_taken.Count(pair => pair.Left == 1), Is.EqualTo(10 * Frame));
    }

    [Test]
    public void Only_what_cannot_change_any_more_is_taken()
    {
        var tape = new StereoTape(Rate, _time);
        Hear(tape, 60, 1);
        Take(tape);

        // A second is held back.
        Assert.That(_taken, Has.Count.EqualTo(10 * Frame));
    }

    [Test]
    public void Long_calls_go_round_the_tape()
    {
        var tape = new StereoTape(Rate, _time);
        for (short prompt = 1; prompt <= 40; prompt++)
        {
            var strip = tape.Begin(Sound(20 * Frame, prompt));
            for (var i = 0; i < 23; i++)
            {
                Hear(tape, 1, prompt);
                Take(tape);
            }
            tape.End(strip, 20 * Frame);
        }
        Take(tape, last: true);

        for (short prompt = 1; prompt <= 40; prompt++)
            Assert.That(Right(prompt), Is.EqualTo(((prompt - 1) * 23 * Frame, 20 * Frame)));
    }

    private void Hear(StereoTape tape, int frames, short value)
    {
        for (var i = 0; i < frames; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
            tape.Hear(Sound(Frame, value).Span);
        }
    }

    private void Take(StereoTape tape, bool last = false)
    {
        var stereo = new short[2 * Frame];
        while (tape.Take(stereo, last) is var pairs and > 0)
        {
            for (var i = 0; i < pairs; i++)
                _taken.Add((stereo[2 * i], stereo[(2 * i) + 1]));
        }
    }

    [SetUp]
    public void Clear() => _taken.Clear();

    /// <summary>Where a value is on the right, and how often.</summary>
    private (int Start, int Count) Right(short value) => (_taken.FindIndex(pair => pair.Right == value), _taken.Count(pair => pair.Right == value));

    private static ReadOnlyMemory<short> Sound(int samples, short value) => Enumerable.Repeat(value, samples).ToArray();
}
