namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>Values that several parts of a flow file have.</summary>
internal static class ShapeTexts
{
    public static readonly Shape.Text Name = new("a name: letters, digits, - and _, at most 64") { Pattern = "[A-Za-z0-9][A-Za-z0-9_-]*", MaxLength = FlowShape.MaxNameLength };

    public static readonly Shape.Text Duration = new("a time from 500ms to 60s, such as 5s, 1.5s or 700ms") { Pattern = @"[0-9]{1,3}(\.[0-9]{1,3})?s|[0-9]{1,5}ms", MaxLength = 10 };

    public static readonly Shape.Text VariableName = new("a name: a letter, then letters, digits, - and _") { Pattern = "[A-Za-z][A-Za-z0-9_-]*", MaxLength = 40 };
}
