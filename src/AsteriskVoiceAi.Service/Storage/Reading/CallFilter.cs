namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>Which calls are wanted; null = any.</summary>
internal sealed record CallFilter
{
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>The number, whole.</summary>
    public string? Caller { get; init; }

    public string? Intent { get; init; }

    public string? Result { get; init; }

    public string? Reason { get; init; }

    public string? Flow { get; init; }

    /// <summary>Asterisk's id of the channels that belong together.</summary>
    public string? LinkedId { get; init; }

    /// <summary>Somebody said this, in upper or lower case.</summary>
    public string? Text { get; init; }

    /// <summary>The newest so many.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
