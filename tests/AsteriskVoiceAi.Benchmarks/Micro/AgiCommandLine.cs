using AsteriskVoiceAi.Asterisk.FastAgi;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does quoting a caller's words safely cost, against putting them between quotes as they are?</summary>
public class AgiCommandLine
{
    private const string Words = "I said \"where is my parcel\", the one for 100 dollars; it has not come yet.";

    [Benchmark(Baseline = true)]
    public string Unsafe() => string.Concat("SET VARIABLE VOICEAI_TEXT \"", Words, "\"");

    [Benchmark]
    public string Quoted() => AgiCommand.SetVariable("VOICEAI_TEXT", Words).Line;
}
