using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Service.Live;
using FsCheck;
using FsCheck.Fluent;

namespace AsteriskVoiceAi.Tests.Live;

internal sealed class ConversationLineTests
{
    private static readonly TimeSpan At = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(80);

    private static readonly TestCaseData[] Lines =
    [
        Line(new CallEvent.Started("c1", "agi:route/main", "PJSIP/a-1", "5551234", "100"), "   0.00 s  call c1 from 5551234 by agi:route/main"),
        Line(new CallEvent.Started("c1", "agi:route/main", "PJSIP/a-1", "", "100"), "   0.00 s  call c1 from an unknown number by agi:route/main"),
        Line(new CallEvent.Said("c1", At, "Hello.", "flite", Short, At, "completed"), "   1.50 s  service  \"Hello.\"  (flite, ready in 80 ms, played 1.5 s, completed)"),
        Line(Heard("Billing."), "   1.50 s  caller   \"Billing.\"  (confidence 0.90, spoke 1.5 s; over after 80 ms, moonshine 80 ms, waited for 0 ms)"),
        Line(Heard(""), "   1.50 s  caller   (silence)"),
        Line(new CallEvent.Pressed("c1", At, "12"), "   1.50 s  caller   pressed 12"),
        Line(new CallEvent.Understood("c1", At, "billing", 0.876, "accept", Short), "   1.50 s           accept billing (confidence 0.88, 80 ms)"),
        Line(new CallEvent.Understood("c1", At, "", 0, "no-match", Short), "   1.50 s           no-match nothing (confidence 0.00, 80 ms)"),
        Line(new CallEvent.Asked("c1", At, "GET http://crm.local/{number}", "", Short), "   1.50 s           asked GET http://crm.local/{number} (80 ms): answered"),
        Line(new CallEvent.Replied("c1", At, Short), "   1.50 s           answered 80 ms after the caller stopped"),
        Line(new CallEvent.Ended("c1", At, "done", "", "billing", "602@billing"), "   1.50 s  call ended: done, intent billing, on to 602@billing"),
    ];

    [TestCaseSource(nameof(Lines))]
    public void Event_is_one_aligned_line(CallEvent happened, string line) => Assert.That(ConversationLine.For(happened), Is.EqualTo(line));

    [TestCase("\e[2J\e]0;owned\aHello")]
    [TestCase("Hello\r\n   9.99 s  call ended: done")]
    [TestCase("\u009b31mred\u0085next\u2028line\u2029end")]
    [TestCase("\u202eolleh\u2066\u200f")]
    public void What_a_terminal_would_obey_never_reaches_it(string evil)
    {
        CallEvent[] events =
        [
            new CallEvent.Started(evil, evil, evil, evil, evil), new CallEvent.Said(evil, At, evil, evil, At, At, evil), Heard(evil),
            new CallEvent.Pressed(evil, At, evil), new CallEvent.Understood(evil, At, evil, 1, evil, At), new CallEvent.Ended(evil, At, evil, evil, evil, evil),
        ];
        Assert.That(events.SelectMany(ConversationLine.For).Where(c => char.IsControl(c) || "\u2028\u2029\u202e\u2066\u200f".Contains(c, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Any_words_become_one_line_without_control_characters() => Prop
        .ForAll<string?>(text => !ConversationLine.For(Heard(text ?? "")).Any(char.IsControl))
        .QuickCheckThrowOnFailure();

    private static CallEvent.Heard Heard(string text) => new("c1", At, text, 0.9, "moonshine", At, Short, Short, TimeSpan.Zero);

    private static TestCaseData Line(CallEvent happened, string line) => new TestCaseData(happened, line).SetArgDisplayNames(line.Trim());
}
