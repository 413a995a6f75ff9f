using System.Text;

namespace AsteriskVoiceAi.Calls.Synthesis.Normalization;

/// <summary>E-mail and web addresses, as people tell them: "info at example dot com".</summary>
internal static class SpokenAddress
{
    public static string Say(string address, SpokenLanguage language)
    {
        var symbols = language.Symbols;
        var words = new StringBuilder();
        for (var at = 0; at < address.Length;)
        {
            var start = at;
            if (char.IsAsciiDigit(address[at]))
            {
                while (at < address.Length && char.IsAsciiDigit(address[at]))
                    at++;
                Add(SpokenDigits.Each(address[start..at], language));
            }
            else if (char.IsLetter(address[at]))
            {
                while (at < address.Length && char.IsLetter(address[at]))
                    at++;
                var word = address[start..at];
                // What can't be read as a word is read letter by letter: www, xyz.
                Add(word.Length == 1 || (word.Length <= 3 && !word.Any(IsVowel)) ? string.Join(' ', word.ToUpperInvariant().ToCharArray()) : word);
            }
            else
            {
                Add(address[at++] switch
                {
                    '@' => symbols.At,
                    '.' => symbols.Dot,
                    '-' => symbols.Dash,
                    '_' => symbols.Underscore,
                    '+' => symbols.Plus,
                    '/' => symbols.Slash,
                    _ => "",
                });
            }
        }
        return words.ToString();

        void Add(string word)
        {
            if (word.Length > 0)
                words.Append(words.Length > 0 ? " " : "").Append(word);
        }
    }

    private static bool IsVowel(char letter) => "aeiouyäöüéèàâêîôûáíóúAEIOUYÄÖÜ".Contains(letter, StringComparison.Ordinal);
}
