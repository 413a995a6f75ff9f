using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Calls.Responses;

/// <summary>A server that is being asked, and what its answer is for.</summary>
/// <param name="Intent">Whose step or slot it is.</param>
internal abstract record Enquiry(string Intent)
{
    /// <summary>A step of an intent: the steps after it follow.</summary>
    /// <param name="Step">Its place in the list.</param>
    /// <param name="Result">With which the steps end.</param>
    /// <param name="Reason">With which they end.</param>
    /// <param name="MustEnd">Whether the conversation is over after them in any case.</param>
    public sealed record OfStep(string Intent, int Step, CallResult Result, string Reason, bool MustEnd) : Enquiry(Intent);

    /// <summary>The check of a slot's value.</summary>
    public sealed record OfSlot(string Intent, string Slot, string Value) : Enquiry(Intent);
}
