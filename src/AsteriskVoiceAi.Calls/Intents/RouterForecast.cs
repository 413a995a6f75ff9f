namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>What a router's levels mean in calls: of 100 callers who speak like the flow's examples, what happens to how many.</summary>
/// <param name="Routed">Acted on at once, mistakes included.</param>
/// <param name="Misrouted">Of them wrongly.</param>
/// <param name="Asked">"Did you want …?"</param>
/// <param name="Refused">Asked to say it again.</param>
/// <param name="Examples">How many examples that was learned from; 0 = too few to tell.</param>
public sealed record RouterForecast(int Routed, int Misrouted, int Asked, int Refused, int Examples, double Accept, double Confirm)
{
    internal static RouterForecast Of(IReadOnlyList<JudgedExample> heldOut, DecisionLevels levels)
    {
        if (heldOut.Count == 0)
            return new(0, 0, 0, 0, 0, levels.Accept, levels.Confirm);
        int InHundred(Func<JudgedExample, bool> which) => (int)Math.Round(100.0 * heldOut.Count(which) / heldOut.Count);
        var routed = InHundred(example => example.Confidence >= levels.Accept);
        var refused = InHundred(example => example.Confidence < levels.Confirm);
        return new(
            routed, InHundred(example => example.Confidence >= levels.Accept && !example.IsRight), Math.Max(0, 100 - routed - refused), refused, heldOut.Count, levels.Accept, levels.Confirm);
    }

    /// <summary>In plain words for an operator.</summary>
    public override string ToString() => Examples == 0
        ? FormattableString.Invariant($"it acts from a confidence of {Accept:0.00} on and asks from {Confirm:0.00} on; intents need two examples each, better five, before what that means in calls can be foretold")
        : FormattableString.Invariant($"of 100 callers who speak like the examples {Routed} are served at once ({Misrouted} of them wrongly), {Asked} are asked \"did you want …?\" first, {Refused} are asked to say it again (acts from a confidence of {Accept:0.00} on, asks from {Confirm:0.00} on)");
}
