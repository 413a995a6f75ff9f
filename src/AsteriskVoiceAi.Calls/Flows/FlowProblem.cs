namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>One thing in a flow file that its author has to change. Line and column count from 1.</summary>
public sealed record FlowProblem(string File, int Line, int Column, string Found, string Expected)
{
    /// <summary>In the form that editors turn into a link.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: found {Found}; expected {Expected}";
}
