namespace AsteriskVoiceAi.Calls.Synthesis.Markup;

/// <summary>What is wrong with a marked-up text, in the words of a flow problem.</summary>
internal sealed record MarkupProblem(string Found, string Expected);
