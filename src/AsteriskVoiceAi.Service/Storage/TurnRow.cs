namespace AsteriskVoiceAi.Service.Storage;

/// <summary>What one side said or did, in the table <c>turns</c>. Times in milliseconds; null = there was no such step.</summary>
internal sealed record TurnRow
{
    public const string Service = "service";

    public const string Caller = "caller";

    public required string CallId { get; init; }

    /// <summary>Rises within a call; may have gaps.</summary>
    public required int Number { get; init; }

    /// <summary>Since the call began: the first sound of a prompt, the end of what the caller said.</summary>
    public long AtMs { get; init; }

    public required string Who { get; init; }

    /// <summary><c>said</c>, <c>heard</c>, <c>silence</c> or <c>keys</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Words or keys; empty where they are not kept.</summary>
    public string Text { get; init; } = "";

    public string Engine { get; init; } = "";

    /// <summary>Of the recognition, 0 to 1.</summary>
    public double? Confidence { get; init; }

    public string Intent { get; init; } = "";

    public double? IntentConfidence { get; init; }

    /// <summary><c>accept</c>, <c>confirm</c>, <c>no-match</c>, or empty: no intent was looked for.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Slots that this turn changed, as a JSON object; empty = none.</summary>
    public string Slots { get; init; } = "";

    /// <summary>How a prompt ended: <c>completed</c>, <c>barged-in</c>, <c>key</c>, <c>hung-up</c>, <c>failed</c>, <c>withdrawn</c>.</summary>
    public string Ending { get; init; } = "";

    public int? SpeechMs { get; init; }

    public int? EndpointMs { get; init; }

    public int? RecognitionMs { get; init; }

    public int? WaitedMs { get; init; }

    public int? UnderstandingMs { get; init; }

    public int? SynthesisMs { get; init; }

    public int? PlayedMs { get; init; }

    /// <summary>From the caller's last sound to the first of this prompt, as the service sees it.</summary>
    public int? ReplyMs { get; init; }
}
