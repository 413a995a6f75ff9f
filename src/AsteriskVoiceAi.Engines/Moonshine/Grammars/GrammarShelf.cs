using System.Collections.Concurrent;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Engines.Moonshine.Grammars;

/// <summary>Grammars by what is expected, each made when it is first needed. Thread-safe.</summary>
internal sealed class GrammarShelf(TokenTable tokens)
{
    /// <summary>More than any set of flows has; flows that are changed again and again leave theirs behind.</summary>
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, TokenGrammar> _grammars = new(StringComparer.Ordinal);

    /// <returns>Null = anything may be said.</returns>
    public TokenGrammar? For(Expectation expectation) => expectation switch
    {
        Expectation.Digits(var least, var most) => Get($"digits {least} {most}", () => NumberGrammar.Digits(tokens, least, most)),
        Expectation.Characters(var least, var most) => Get($"characters {least} {most}", () => NumberGrammar.Characters(tokens, least, most)),
        Expectation.Date => Get("date", () => DateGrammar.Make(tokens)),
        Expectation.YesNo => Get("yes-no", () => PhraseGrammar.YesNo(tokens)),
        Expectation.OneOf(var phrases) when phrases.Count > 0 => Get($"one-of {string.Join('\n', phrases)}", () => PhraseGrammar.OneOf(tokens, phrases)),
        _ => null,
    };

    private TokenGrammar Get(string key, Func<TokenGrammar> make)
    {
        if (_grammars.TryGetValue(key, out var grammar))
            return grammar;
        if (_grammars.Count >= Most)
            _grammars.Clear();
        return _grammars.GetOrAdd(key, make());
    }
}
