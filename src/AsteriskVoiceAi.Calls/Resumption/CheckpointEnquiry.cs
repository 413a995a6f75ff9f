using System.Text.Json.Serialization;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;

namespace AsteriskVoiceAi.Calls.Resumption;

/// <summary>A server that was being asked.</summary>
internal sealed record CheckpointEnquiry
{
    [JsonPropertyName("i")]
    public required string Intent { get; init; }

    [JsonPropertyName("s")]
    public int Step { get; set; }

    [JsonPropertyName("r")]
    public string Result { get; set; } = "";

    [JsonPropertyName("y")]
    public string Reason { get; set; } = "";

    [JsonPropertyName("e")]
    public bool MustEnd { get; set; }

    /// <summary>The slot whose value is checked; null = a step asks.</summary>
    [JsonPropertyName("l")]
    public string? Slot { get; set; }

    [JsonPropertyName("v")]
    public string Value { get; set; } = "";

    public static CheckpointEnquiry Of(Enquiry enquiry) => enquiry switch
    {
        Enquiry.OfStep step => new() { Intent = step.Intent, Step = step.Step, Result = CallVariables.Word(step.Result), Reason = step.Reason, MustEnd = step.MustEnd },
        Enquiry.OfSlot slot => new() { Intent = slot.Intent, Slot = slot.Slot, Value = slot.Value },
        _ => throw new ArgumentOutOfRangeException(nameof(enquiry), enquiry, "not an enquiry"),
    };

    /// <summary>Null where the flow asks no such thing: a checkpoint asks no server that the flow does not name.</summary>
    public Enquiry? In(Flow flow)
    {
        if (flow.Intent(Intent) is not { } intent)
            return null;
        if (Slot is not null)
            return intent.Slots.Any(slot => slot.Name == Slot && slot.Check is not null) ? new Enquiry.OfSlot(Intent, Slot, Value) : null;
        return CallVariables.Result(Result) is { } result && intent.Do.ElementAtOrDefault(Step) is FlowStep.Webhook ? new Enquiry.OfStep(Intent, Step, result, Reason, MustEnd) : null;
    }
}
