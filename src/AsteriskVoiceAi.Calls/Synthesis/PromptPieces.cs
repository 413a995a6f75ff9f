using System.Text;
using AsteriskVoiceAi.Calls.Synthesis.Markup;
using AsteriskVoiceAi.Calls.Synthesis.Normalization;

namespace AsteriskVoiceAi.Calls.Synthesis;

/// <summary>
/// A prompt as pieces that every engine can say: markup becomes plain texts with language and pace, and silences; figures become words;
/// texts are cut into sentences. Never throws, whatever the prompt holds.
/// </summary>
internal static class PromptPieces
{
    /// <summary>With the 80 ms that sounds keep at their edges, about what a speaker rests after a sentence...</summary>
    private static readonly TimeSpan AfterSentence = TimeSpan.FromMilliseconds(200);

    /// <summary>...and after a part of one.</summary>
    private static readonly TimeSpan AfterClause = TimeSpan.FromMilliseconds(80);

    public static IReadOnlyList<PromptPiece> Of(Prompt prompt)
    {
        var pieces = new List<PromptPiece>();
        var words = new StringBuilder();
        (string Language, double Rate) voice = (prompt.Language, 1);
        foreach (var span in SpeechMarkup.Spans(prompt.Text))
        {
            if (span is MarkupSpan.Pause(var length))
            {
                Flush();
                Rest(length);
                continue;
            }
            var next = (span.Language ?? prompt.Language, span.Rate);
            if (next != voice)
                Flush();
            voice = next;
            words.Append(Say(span, voice.Language));
        }
        Flush();
        return pieces;

        void Flush()
        {
            foreach (var (text, isWhole) in Sentences.Pieces(words.ToString(), isFirst: pieces.Count == 0))
            {
                var said = prompt with { Text = text, Language = voice.Language, Speed = Math.Clamp(prompt.Speed * voice.Rate, 0.5, 2) };
                pieces.Add(new(said, TimeSpan.Zero, isWhole ? AfterSentence : AfterClause, prompt.Language));
            }
            words.Clear();
        }

        void Rest(TimeSpan length)
        {
            if (pieces.Count == 0)
                pieces.Add(new(null, length, TimeSpan.Zero, prompt.Language));
            else
                pieces[^1] = pieces[^1] with { Pause = pieces[^1].Pause + length, Gap = TimeSpan.Zero };
        }
    }

    private static string Say(MarkupSpan span, string language) => span switch
    {
        MarkupSpan.Text(var text, _, _) => Edge(text, first: true) + SpokenForm.Of(text, language) + Edge(text, first: false),
        MarkupSpan.SayAs(var value, var kind, var format, _, _) => SayAs.Words(value, kind, format, language),
        _ => throw new InvalidOperationException($"Unknown span {span.GetType().Name}"),
    };

    /// <summary>The blank at an edge, which keeps the words on both sides apart.</summary>
    private static string Edge(string text, bool first) => text.Length > 0 && char.IsWhiteSpace(first ? text[0] : text[^1]) ? " " : "";
}
