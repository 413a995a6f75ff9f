using System.Text.Json.Serialization;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Responses;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Calls.Synthesis;

namespace AsteriskVoiceAi.Calls.Resumption;

/// <summary>What survives of a call when the service that ran it does not. Names are short, since it travels in a channel variable.</summary>
/// <remarks>What may be missing has a setter: the generated reader gives an init-only property null instead of its default.</remarks>
internal sealed record CallCheckpoint
{
    [JsonPropertyName("c")]
    public required string CallId { get; init; }

    /// <summary>When the call began, in milliseconds since 1970 UTC.</summary>
    [JsonPropertyName("b")]
    public required long Began { get; init; }

    [JsonPropertyName("f")]
    public required string Flow { get; init; }

    [JsonPropertyName("v")]
    public IReadOnlyDictionary<string, string> Variables { get; set; } = new Dictionary<string, string>();

    [JsonPropertyName("t")]
    public int Turns { get; set; }

    [JsonPropertyName("ni")]
    public int NoInputs { get; set; }

    [JsonPropertyName("nm")]
    public int NoMatches { get; set; }

    /// <summary>The intent of an open "did you want …?".</summary>
    [JsonPropertyName("a")]
    public string? Asked { get; set; }

    /// <summary>The other one of "did you want …, or …?".</summary>
    [JsonPropertyName("ao")]
    public string? AskedOr { get; set; }

    [JsonPropertyName("ac")]
    public double AskedConfidence { get; set; }

    [JsonPropertyName("r")]
    public string? Refused { get; set; }

    [JsonPropertyName("m")]
    public bool AskedForMore { get; set; }

    [JsonPropertyName("i")]
    public string Intent { get; set; } = "";

    [JsonPropertyName("ic")]
    public double? Confidence { get; set; }

    [JsonPropertyName("x")]
    public string Text { get; set; } = "";

    [JsonPropertyName("d")]
    public string Digits { get; set; } = "";

    [JsonPropertyName("s")]
    public IReadOnlyDictionary<string, string> Slots { get; set; } = new Dictionary<string, string>();

    /// <summary>The intent whose slot is being asked for.</summary>
    [JsonPropertyName("fi")]
    public string? FillingIntent { get; set; }

    [JsonPropertyName("fs")]
    public string? FillingSlot { get; set; }

    /// <summary>The value that was read back.</summary>
    [JsonPropertyName("fp")]
    public string? FillingPending { get; set; }

    [JsonPropertyName("ft")]
    public int FillingTries { get; set; }

    /// <summary>What servers answered.</summary>
    [JsonPropertyName("sv")]
    public IReadOnlyDictionary<string, string> Saved { get; set; } = new Dictionary<string, string>();

    /// <summary>The server that is being asked.</summary>
    [JsonPropertyName("q")]
    public CheckpointEnquiry? Enquiry { get; set; }

    /// <summary>What was to be said last.</summary>
    [JsonPropertyName("l")]
    public IReadOnlyList<string> Last { get; set; } = [];

    /// <summary>How the call ends after that; null = it listens.</summary>
    [JsonPropertyName("e")]
    public CheckpointEnd? End { get; set; }

    public static CallCheckpoint Of(string callId, DateTimeOffset began, string flow, IReadOnlyDictionary<string, string> variables, ConversationProgress progress) => new()
    {
        CallId = callId,
        Began = began.ToUnixTimeMilliseconds(),
        Flow = flow,
        Variables = variables,
        Turns = progress.Turns,
        NoInputs = progress.NoInputs,
        NoMatches = progress.NoMatches,
        Asked = progress.Asked?.Intent,
        AskedOr = progress.Asked?.Or,
        AskedConfidence = progress.Asked?.Confidence ?? 0,
        Refused = progress.Refused,
        AskedForMore = progress.AskedForMore,
        Intent = progress.State.Intent,
        Confidence = progress.State.Confidence,
        Text = CallVariables.OneLine(progress.State.Text),
        Digits = progress.State.Digits,
        Slots = progress.State.Slots,
        FillingIntent = progress.Filling?.Intent,
        FillingSlot = progress.Filling?.Slot,
        FillingPending = progress.Filling?.Pending,
        FillingTries = progress.Filling?.Tries ?? 0,
        Saved = progress.State.Saved,
        Enquiry = progress.Enquiry is { } enquiry ? CheckpointEnquiry.Of(enquiry) : null,
        Last = [.. progress.Last?.Prompts.Select(prompt => prompt.Text) ?? []],
        End = progress.Last?.Next is ReplyNext.End end ? CheckpointEnd.Of(end) : null,
    };

    /// <summary>The conversation as it stood, where the flow as it is now still has everything that it refers to; else null.</summary>
    public ConversationProgress? In(Flow flow)
    {
        string?[] intents = [Asked, AskedOr, Refused, Intent.Length > 0 ? Intent : null];
        if (flow.Name != Flow || Last.Count == 0 && End is null && Enquiry is null || NoInputs > flow.NoInput.Prompts.Count || NoMatches > flow.NoMatch.Prompts.Count || intents.Any(name => name is not null && flow.Intent(name) is null))
            return null;
        var filled = FillingIntent is null ? null : flow.Intent(FillingIntent)?.Slots.FirstOrDefault(slot => slot.Name == FillingSlot);
        if (FillingIntent is not null && filled is null || Slots.Keys.Any(name => flow.Slot(name) is null))
            return null;
        var enquiry = Enquiry?.In(flow);
        if (Enquiry is not null && enquiry is null || enquiry is Responses.Enquiry.OfSlot && filled is null)
            return null;
        var expected = filled is not null && FillingPending is null ? SlotHearing.Expects(filled) : Asked is null && filled is null || AskedOr is not null ? Expectation.Anything : new Expectation.YesNo();
        ReplyNext? next = End is null
            ? new ReplyNext.Listen(expected, flow.BargeIn, flow.NoInput.After) { IgnoresBackchannels = flow.IgnoresBackchannels }
            : End.In(flow);
        return next is null ? null : new ConversationProgress
        {
            Turns = Turns,
            NoInputs = NoInputs,
            NoMatches = NoMatches,
            Asked = Asked is null ? null : new OpenQuestion(Asked, AskedConfidence, Or: AskedOr),
            Refused = Refused,
            AskedForMore = AskedForMore,
            Filling = filled is null ? null : new SlotFilling(FillingIntent!, filled.Name, FillingPending, FillingTries),
            Enquiry = enquiry,
            State = new ConversationState(Intent, Confidence, Text, Digits) { Slots = Slots, Saved = Saved },
            Last = new Reply([.. Last.Select(text => new Prompt(text, flow.Language))], next),
        };
    }
}

/// <summary>An outcome that was decided already.</summary>
internal sealed record CheckpointEnd
{
    private const string HangUp = "hang-up";
    private const string Dialplan = "dialplan";
    private const string Transfer = "transfer";

    [JsonPropertyName("r")]
    public required string Result { get; init; }

    [JsonPropertyName("y")]
    public required string Reason { get; init; }

    [JsonPropertyName("n")]
    public required string Next { get; init; }

    [JsonPropertyName("c")]
    public string Context { get; set; } = "";

    [JsonPropertyName("x")]
    public string Extension { get; set; } = "";

    public static CheckpointEnd Of(ReplyNext.End end)
    {
        var made = new CheckpointEnd { Result = CallVariables.Word(end.Result), Reason = end.Reason, Next = end.Next is NextStep.HangUp ? HangUp : Dialplan };
        return end.Next is NextStep.Transfer(var to) ? made with { Next = Transfer, Context = to.Context, Extension = to.Extension } : made;
    }

    /// <summary>Null where the flow has no such end: a checkpoint sends nobody to a place that the flow does not name.</summary>
    public ReplyNext.End? In(Flow flow)
    {
        NextStep? next = Next switch
        {
            HangUp => new NextStep.HangUp(),
            Dialplan => NextStep.InDialplan,
            Transfer when flow.Intents.SelectMany(intent => intent.Do).OfType<FlowStep.Transfer>().Any(step => step.Context == Context && step.Extension == Extension)
                => new NextStep.Transfer(new Destination(Context, Extension)),
            _ => null,
        };
        return CallVariables.Result(Result) is { } result && next is not null ? new ReplyNext.End(result, Reason, next) : null;
    }
}
