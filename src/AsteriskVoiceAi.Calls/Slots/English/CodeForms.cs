using System.Text.RegularExpressions;

namespace AsteriskVoiceAi.Calls.Slots.English;

/// <summary>The form that a code has to have: the flow's, or a postcode's.</summary>
internal static partial class CodeForms
{
    /// <summary>O and 0, I and 1 sound or look alike: the form that the flow wants, or that of a postcode, tells.</summary>
    public static string Fit(string code, SlotQuestion question)
    {
        var form = Form(question);
        if (form is null || form.IsMatch(code))
            return code;
        var doubtful = Enumerable.Range(0, code.Length).Where(i => code[i] is 'O' or '0').Take(6).ToList();
        for (var mask = 1; mask < 1 << doubtful.Count; mask++)
        {
            var tried = code.ToCharArray();
            for (var bit = 0; bit < doubtful.Count; bit++)
            {
                if ((mask & (1 << bit)) != 0)
                    tried[doubtful[bit]] = tried[doubtful[bit]] == 'O' ? '0' : 'O';
            }
            if (form.IsMatch(new string(tried)))
                return new string(tried);
        }
        return code;
    }

    public static bool Has(string code, SlotQuestion question) => Form(question)?.IsMatch(code) == true;

    private static Regex? Form(SlotQuestion question) => question.Rules.Pattern ?? (question.Kind == "postcode" ? Postcode() : null);

    /// <summary>Of the United Kingdom, or five digits of the United States.</summary>
    [GeneratedRegex(@"^([A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|[0-9]{5}([0-9]{4})?)$")]
    private static partial Regex Postcode();
}
