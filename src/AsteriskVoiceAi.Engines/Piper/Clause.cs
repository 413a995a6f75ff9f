namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>A part of a text that espeak-ng reads in one breath.</summary>
/// <param name="Words">Without the mark behind them.</param>
/// <param name="Mark">How a voice is told of that mark: <c>. ? ! , ; :</c> or nothing.</param>
/// <param name="Written">The part as it stands in the text.</param>
internal readonly record struct Clause(string Words, string Mark, string Written)
{
    public bool EndsSentence => Mark is "." or "?" or "!";
}
