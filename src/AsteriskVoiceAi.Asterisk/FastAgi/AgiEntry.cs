using System.Globalization;
using System.Text.RegularExpressions;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Names of scripts that sites call already, with variables and jumps of their own.</summary>
internal enum DropIn
{
    None,
    /// <summary>An interrupt key sends the caller to the extension of that name.</summary>
    GoogleTts,
    /// <summary>Sets <c>utterance</c> and <c>confidence</c>, -1 each when nothing was understood.</summary>
    SpeechRecog,
}

/// <summary>What a request's path and options ask for.</summary>
/// <param name="Request">Null = something required is missing; <paramref name="Problems"/> says what.</param>
/// <param name="Problems">Options that make no sense and were replaced by their defaults.</param>
internal sealed partial record AgiEntry(CallRequest? Request, DropIn DropIn, string Language, IReadOnlyList<string> Problems)
{
    public const string KnownPaths = "say, listen, ask, route/FLOW, googletts.agi, speech-recog.agi";

    private const string AllKeys = "0123456789#*";

    /// <returns>Null = the path is none of <see cref="KnownPaths"/>.</returns>
    public static AgiEntry? From(AgiRequest request) => new Reader(request).Read();

    /// <summary>Reads options and notes what is wrong with them.</summary>
    private sealed class Reader(AgiRequest request)
    {
        private readonly List<string> _problems = [];

        public AgiEntry? Read()
        {
            const string Route = "route/";
            var path = request.Path;
            if (path.StartsWith(Route, StringComparison.OrdinalIgnoreCase))
                return Entry(RunFlow(path[Route.Length..]), DropIn.None, Language(-1));
            return path.ToLowerInvariant() switch
            {
                "say" => Entry(Say(Required(0, "text"), "digits"), DropIn.None, Language(1)),
                "listen" => Entry(new CallRequest.Listen(Wait(1), Keys(2, "keys", "#"), Beep: request.Option(-1, "beep") is "yes" or "true" or "1") { Expectation = Expected() }, DropIn.None, Language(0)),
                "ask" => Entry(Required(0, "prompt") is { } prompt ? new CallRequest.Ask(prompt) { Expectation = Expected() } : null, DropIn.None, Language(1)),
                "googletts.agi" => Entry(Say(Clean(Required(0, "text")), "intkey"), DropIn.GoogleTts, Language(1)),
                "speech-recog.agi" => Entry(new CallRequest.Listen(Wait(1), Keys(2, "intkey", "#"), Beep: request.Option(3, "beep") is not ("NOBEEP" or "no" or "false" or "0")), DropIn.SpeechRecog, Language(0)),
                _ => null,
            };
        }

        private AgiEntry Entry(CallRequest? wanted, DropIn dropIn, string language) => new(wanted, dropIn, language, _problems);

        private CallRequest.Say? Say(string? text, string keysName) => text is null ? null : new(text, Keys(2, keysName, ""), Speed(3));

        private CallRequest.RunFlow? RunFlow(string name)
        {
            if (!FlowName().IsMatch(name))
            {
                _problems.Add($"'{name}' is no name of a flow");
                return null;
            }
            var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in request.Query)
                Add(variables, key, value);
            foreach (var argument in request.Arguments.Where(a => a.Length > 0))
            {
                var equals = argument.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0)
                    Add(variables, argument[..equals].Trim(), argument[(equals + 1)..]);
                else
                    _problems.Add($"argument '{argument}' is not name=value");
            }
            return new(name, variables);
        }

        private void Add(Dictionary<string, string> variables, string name, string value)
        {
            if (VariableName().IsMatch(name))
                variables[name] = value;
            else
                _problems.Add($"'{name}' is no name of a flow variable");
        }

        private string? Required(int place, string name)
        {
            var value = request.Option(place, name)?.Trim();
            if (!string.IsNullOrEmpty(value))
                return value;
            _problems.Add($"{name} is missing");
            return null;
        }

        /// <summary>The channel's own language where the dialplan names none; Asterisk writes it with an underscore.</summary>
        private string Language(int place)
        {
            if (request.Option(place, "language") is { } wanted)
            {
                if (LanguageTag().IsMatch(wanted))
                    return wanted.Replace('_', '-');
                _problems.Add($"'{wanted}' is no language");
            }
            var own = request["language"];
            return LanguageTag().IsMatch(own) ? own.Replace('_', '-') : "";
        }

        private string Keys(int place, string name, string otherwise)
        {
            if (request.Option(place, name) is not { } wanted)
                return otherwise;
            if (wanted == "any")
                return AllKeys;
            if (wanted.All(AllKeys.Contains))
                return wanted;
            _problems.Add($"'{wanted}' are no keys (0-9*# or any)");
            return otherwise;
        }

        private Expectation Expected()
        {
            if (request.Option(-1, "expect") is not { } wanted)
                return Expectation.Anything;
            if (!ExpectationText.TryParse(wanted, out var expectation))
                _problems.Add($"'{wanted}' is nothing that can be expected ({ExpectationText.Known})");
            return expectation;
        }

        private double Speed(int place)
        {
            if (request.Option(place, "speed") is not { } wanted)
                return 1;
            if (double.TryParse(wanted, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed))
                return Math.Clamp(speed, 0.5, 2);
            _problems.Add($"'{wanted}' is no speed");
            return 1;
        }

        /// <summary>Seconds. -1 waits for ever, and so does 0, as for Asterisk's own recording.</summary>
        private TimeSpan? Wait(int place)
        {
            if (request.Option(place, "timeout") is not { } wanted)
                return null;
            const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
            if (double.TryParse(wanted, Plain, CultureInfo.InvariantCulture, out var seconds) && seconds is -1 or (>= 0 and <= 3600))
                return seconds <= 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
            _problems.Add($"'{wanted}' is no number of seconds");
            return null;
        }

        /// <summary>Characters that sites put into such texts for other engines, and that are not to be spoken.</summary>
        private string? Clean(string? text)
        {
            if (text is null)
                return null;
            var clean = NotSpoken().Replace(text, " ").Trim();
            if (clean.Length > 0)
                return clean;
            _problems.Add("text is missing");
            return null;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}\z")]
    private static partial Regex FlowName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.\-]{0,63}\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex LanguageTag();

    [GeneratedRegex(@"[\\|*~<>^()\[\]{}\s]+")]
    private static partial Regex NotSpoken();
}
