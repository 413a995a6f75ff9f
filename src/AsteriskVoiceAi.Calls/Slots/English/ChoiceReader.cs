using System.Globalization;
using System.Text;
using AsteriskVoiceAi.Calls.Intents;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>One of a flow's own words, said among others, a little misheard, or by its place in the list.</summary>
internal static class ChoiceReader
{
    /// <summary>Of the letters, or of the sounds, so many may differ.</summary>
    private const double MostChanges = 0.3;

    /// <summary>So much nearer has the best to be than the next.</summary>
    private const double Distance = 0.15;

    public static SlotReading? Read(IReadOnlyList<Token> tokens, string text, IReadOnlyList<string> choices)
    {
        var words = Utterance.Words(text);
        var said = string.Join(' ', words);
        var within = choices.Where(choice => $" {said} ".Contains($" {Spoken(choice)} ", StringComparison.Ordinal)).OrderByDescending(choice => choice.Length).ToList();
        // Of two that are inside each other the longer one was meant; two different ones are none.
        if (within.Count > 0)
            return within.Skip(1).All(other => $" {Spoken(within[0])} ".Contains($" {Spoken(other)} ", StringComparison.Ordinal)) ? new SlotReading(within[0], SlotReading.Clear) : null;
        if (OrdinalReader.Read(tokens) is { } place)
        {
            var index = place.Value == "last" ? choices.Count : int.Parse(place.Value, CultureInfo.InvariantCulture);
            if (index >= 1 && index <= choices.Count)
                return new SlotReading(choices[index - 1], SlotReading.Likely);
        }
        return Nearest(words, choices);
    }

    private static SlotReading? Nearest(IReadOnlyList<string> words, IReadOnlyList<string> choices)
    {
        var ranked = choices.Select(choice => (Choice: choice, Changes: Changes(words, Utterance.Words(choice)))).OrderBy(pair => pair.Changes).Take(2).ToList();
        if (ranked.Count == 0 || ranked[0].Changes > MostChanges || (ranked.Count == 2 && ranked[1].Changes - ranked[0].Changes < Distance))
            return null;
        return new SlotReading(ranked[0].Choice, SlotReading.Guessed);
    }

    /// <summary>Share of letters or sounds that differ, over the stretch of words that fits best.</summary>
    private static double Changes(IReadOnlyList<string> words, IReadOnlyList<string> choice)
    {
        var best = 1.0;
        var wanted = string.Concat(choice);
        for (var length = Math.Max(1, choice.Count - 1); length <= choice.Count + 1; length++)
        {
            for (var from = 0; from + length <= words.Count; from++)
            {
                var stretch = string.Concat(words.Skip(from).Take(length));
                var letters = (double)EditDistance.Between(stretch, wanted) / Math.Max(stretch.Length, wanted.Length);
                var (sound, wantedSound) = (Sounds(stretch), Sounds(wanted));
                var sounds = wantedSound.Length < 3 ? 1 : (double)EditDistance.Between(sound, wantedSound) / Math.Max(sound.Length, wantedSound.Length);
                best = Math.Min(best, (letters + Math.Min(letters, sounds)) / 2);
            }
        }
        return best;
    }

    /// <summary>Consonants by how they sound, vowels as one: "sails" is "sales".</summary>
    private static string Sounds(string word)
    {
        var sounds = new StringBuilder();
        // A last e is silent, and so is the one before a last s.
        word = word.EndsWith("es", StringComparison.Ordinal) ? word[..^2] + "s" : word.TrimEnd('e');
        var plain = word.Replace("ph", "f", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal).Replace("gh", "", StringComparison.Ordinal).Replace("kn", "n", StringComparison.Ordinal).Replace("wr", "r", StringComparison.Ordinal);
        foreach (var c in plain)
        {
            var sound = c switch { 'a' or 'e' or 'i' or 'o' or 'u' or 'y' => 'a', 'c' or 'q' or 'k' => 'k', 's' or 'z' or 'x' => 's', 'd' or 't' => 't', 'b' or 'p' => 'p', 'v' or 'f' => 'f', 'g' or 'j' => 'j', 'm' or 'n' => 'n', 'h' or 'w' => '\0', _ => c };
            if (sound != '\0' && (sounds.Length == 0 || sounds[^1] != sound))
                sounds.Append(sound);
        }
        return sounds.ToString();
    }

    private static string Spoken(string text) => string.Join(' ', Utterance.Words(text));
}
