using System.Text.RegularExpressions;
using AsteriskVoiceAi.Asterisk.FastAgi;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does reading a reply by hand save, against a compiled regular expression?</summary>
public partial class AgiReplyLine
{
    private const string Line = "200 result=1 (8001234) endpos=48000";

    [Benchmark(Baseline = true)]
    public int RegularExpression()
    {
        var match = Grammar().Match(Line);
        return match.Groups["result"].Value.Length + match.Groups["value"].Value.Length + match.Groups["end"].Value.Length;
    }

    [Benchmark]
    public int ByHand()
    {
        var reply = AgiReply.Parse(Line)!;
        return reply.Result.Length + reply.Value!.Length + reply.EndPosition!.Value;
    }

    [GeneratedRegex(@"^(?<code>\d{3}) result=(?<result>\S*)( \((?<value>.*)\))?( endpos=(?<end>\d+))?\z")]
    private static partial Regex Grammar();
}
