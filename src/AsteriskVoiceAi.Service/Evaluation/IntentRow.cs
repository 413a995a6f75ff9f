namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>An utterance, and what the caller wanted.</summary>
/// <param name="Id">The line's number where the row has none.</param>
/// <param name="Intent"><c>oos</c> = none of the intents; null = not known.</param>
internal sealed record IntentRow(string Id, string Text, string? Intent)
{
    /// <summary>The word for "none of the intents" in lists and predictions.</summary>
    public const string OutOfScope = "oos";

    private const string Expected = "{\"id\":\"7\",\"text\":\"where is my parcel\",\"intent\":\"track-parcel\"}";

    public static List<IntentRow> ReadAll(string path, List<string> problems) => JsonLines.ReadAll(
        path,
        (row, number) => row.Text("text") is { } text ? new IntentRow(row.Text("id") ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture), text, row.Text("intent")) : null,
        Expected,
        problems);
}
