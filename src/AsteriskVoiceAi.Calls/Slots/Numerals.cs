using System.Globalization;

namespace AsteriskVoiceAi.Calls.Slots;

/// <summary>Numerals from 0 to 99 as phrases, and the words that may stand around them. All in the form of <see cref="Intents.Utterance.Words"/>. Thread-safe.</summary>
internal sealed class Numerals
{
    /// <summary>"quatre vingt dix sept".</summary>
    private const int LongestPhrase = 4;

    private readonly Dictionary<string, int> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _repeats;
    private readonly HashSet<string> _fillers;

    /// <param name="words">Of each number, from 0 on; several forms with a bar between.</param>
    /// <param name="repeats">double=2</param>
    private Numerals(IEnumerable<string> words, string repeats, string fillers)
    {
        foreach (var (forms, number) in words.Select((forms, number) => (forms, number)))
        {
            foreach (var form in forms.Split('|'))
                _phrases.TryAdd(form, number);
        }
        _repeats = repeats.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        _fillers = [.. fillers.Split(' ')];
    }

    public static Numerals German { get; } = new(
        Count("null eins|ein zwei|zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
            "zwanzig dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
            (tens, unit) => (unit == 1 ? "ein" : "zwei drei vier fünf sechs sieben acht neun".Split(' ')[unit - 2]) + "und" + tens),
        "doppel=2 zweimal=2 dreimal=3",
        "äh ähm also ja die nummer ist lautet meine das und dann bitte es sind kundennummer telefonnummer strich");

    public static Numerals Spanish { get; } = new(
        Count("cero uno|una|un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
            "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
            (tens, unit) => tens == "veinte"
                ? "veintiuno|veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".Split(' ')[unit - 1]
                : tens + " y " + "uno dos tres cuatro cinco seis siete ocho nueve".Split(' ')[unit - 1]),
        "doble=2 triple=3",
        "eh este pues es el la mi número son luego por favor guión sí");

    public static Numerals French { get; } = new(
        [
            .. "zéro un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".Split(' '), "dix sept", "dix huit", "dix neuf",
            .. FrenchTens("vingt", "vingt et un", 10), .. FrenchTens("trente", "trente et un", 10), .. FrenchTens("quarante", "quarante et un", 10),
            .. FrenchTens("cinquante", "cinquante et un", 10), .. FrenchTens("soixante", "soixante et un", 20), .. FrenchTens("quatre vingt", "quatre vingt un", 20),
        ],
        "double=2 triple=3",
        "euh alors cest le la mon numéro est puis sil vous plaît tiret oui");

    /// <summary>The figures of each numeral, in their order; null = other words are among them, or there are none.</summary>
    /// <param name="words">With figures as they were written.</param>
    public IReadOnlyList<string>? Read(IReadOnlyList<string> words)
    {
        var read = new List<string>();
        for (var at = 0; at < words.Count;)
        {
            var times = 1;
            if (_repeats.TryGetValue(words[at], out var repeat) && at + 1 < words.Count)
                (times, at) = (repeat, at + 1);
            if (At(words, at) is var (figures, next) && (times == 1 || figures.Length == 1))
            {
                read.AddRange(Enumerable.Repeat(figures, times));
                at = next;
            }
            else if (times > 1 || !_fillers.Contains(words[at++]))
                return null;
        }
        return read.Count > 0 ? read : null;
    }

    private (string Figures, int Next)? At(IReadOnlyList<string> words, int at)
    {
        if (words[at].All(char.IsAsciiDigit))
            return (words[at], at + 1);
        for (var length = Math.Min(LongestPhrase, words.Count - at); length > 0; length--)
        {
            if (_phrases.TryGetValue(string.Join(' ', words.Skip(at).Take(length)), out var number))
                return (number.ToString(CultureInfo.InvariantCulture), at + length);
        }
        return null;
    }

    /// <summary>0 to 19 by their words, then each ten with 1 to 9.</summary>
    private static IEnumerable<string> Count(string first, string tens, Func<string, int, string> compound) =>
        first.Split(' ').Concat(tens.Split(' ').SelectMany(forms => Enumerable.Range(0, 10).Select(unit => unit == 0 ? forms : string.Join('|', forms.Split('|').Select(ten => compound(ten, unit))))));

    /// <summary>As many numbers as French counts before its next word for tens: 60 to 79, 80 to 99.</summary>
    private static IEnumerable<string> FrenchTens(string ten, string one, int count)
    {
        string[] small = [.. "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".Split(' '), "dix sept", "dix huit", "dix neuf"];
        yield return ten == "quatre vingt" ? "quatre vingt|quatre vingts" : ten;
        yield return one;
        for (var i = 2; i < count; i++)
            yield return ten == "soixante" && i == 11 ? "soixante et onze" : $"{ten} {small[i - 1]}";
    }
}
