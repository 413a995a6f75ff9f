namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>Months and weekdays by their names.</summary>
internal static class Months
{
    private static readonly string[] Names = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>1 to 12, of a name or its first three letters; null = no month.</summary>
    public static int? Find(string word)
    {
        if (word.Length < 3 || word is "marching" or "mayor" or "decided")
            return null;
        var index = Array.FindIndex(Names, name => name == word || (word.Length == 3 && name.StartsWith(word, StringComparison.Ordinal)) || (word == "sept" && name == "september"));
        return index < 0 ? null : index + 1;
    }

    public static DayOfWeek? Day(string word)
    {
        var index = Array.FindIndex(Days, name => name == word || name + "s" == word || name + "'s" == word);
        return index < 0 ? null : (DayOfWeek)index;
    }
}
