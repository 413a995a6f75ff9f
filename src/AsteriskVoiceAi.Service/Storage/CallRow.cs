namespace AsteriskVoiceAi.Service.Storage;

/// <summary>One call of the table <c>calls</c>. Every text came from outside at some time: data, never code.</summary>
internal sealed record CallRow
{
    /// <summary>Longest id; longer ones are not ours.</summary>
    public const int MaxId = 64;

    /// <summary><see cref="Result"/> of a call whose service ended before it did.</summary>
    public const string Interrupted = "interrupted";

    public required string Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>UTC; null = it runs, or was interrupted.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>From its beginning to the last that is known of it.</summary>
    public long DurationMs { get; init; }

    /// <summary>As <c>VOICEAI_RESULT</c>; empty = it runs; or <see cref="Interrupted"/>.</summary>
    public string Result { get; init; } = "";

    /// <summary>As <c>VOICEAI_REASON</c>.</summary>
    public string Reason { get; init; } = "";

    public string Intent { get; init; } = "";

    /// <summary>Where it went: <c>extension@context</c>, <c>dialplan</c> or <c>hang-up</c>.</summary>
    public string Next { get; init; } = "";

    /// <summary>Values by the flow's names, as a JSON object; empty = none.</summary>
    public string Slots { get; init; } = "";

    public string Entry { get; init; } = "";

    public string Channel { get; init; } = "";

    public string LinkedId { get; init; } = "";

    public string Caller { get; init; } = "";

    public string Dialed { get; init; } = "";

    public string Language { get; init; } = "";

    public string Flow { get; init; } = "";

    public string FlowVersion { get; init; } = "";

    public string Transport { get; init; } = "";

    public string Codec { get; init; } = "";

    /// <summary>Frames of 20 ms; null = nobody counted.</summary>
    public long? FramesReceived { get; init; }

    public long? FramesLost { get; init; }

    public long? FramesLate { get; init; }

    public long? FramesConcealed { get; init; }

    public double? JitterMs { get; init; }

    /// <summary>By the E-model, 1 to 4.5.</summary>
    public double? Mos { get; init; }

    /// <summary>Packets from the phone; null = its line is not known.</summary>
    public long? PhoneReceived { get; init; }

    public long? PhoneLost { get; init; }

    /// <summary>Packets to the phone.</summary>
    public long? PhoneSent { get; init; }

    public long? PhoneMissed { get; init; }

    public double? PhoneJitterMs { get; init; }

    public double? PhoneRoundTripMs { get; init; }

    /// <summary>Of the worse direction, by the E-model, 1 to 4.5.</summary>
    public double? PhoneMos { get; init; }

    /// <summary>Path of the recording; empty = none.</summary>
    public string Recording { get; init; } = "";

    /// <summary>A service that came later took it up.</summary>
    public bool Resumed { get; init; }

    /// <summary>Turns that could not be kept, since the storage failed for too long.</summary>
    public int LostTurns { get; init; }

    /// <summary>The service that wrote it last: machine and port.</summary>
    public string Writer { get; init; } = "";
}
