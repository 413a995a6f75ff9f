using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.TestSupport.Processes;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does finding the intent cost with the demo flow, against splitting the words?</summary>
public class RoutedUtterance
{
    private const string Known = "Hello, could you tell me what your opening hours are on Saturday, please?";
    private const string Unknown = "The purple elephants are dancing on the roof of the cathedral.";

    private IntentRouter? _router;

    [GlobalSetup]
    public void Train() => _router = new LoadedFlow(FlowFile.Read(Repository.PathOf("flows", "main.yaml")).Flow!, IntentTraining.WordsOnly(NullLogger.Instance)).Router;

    [Benchmark(Baseline = true)]
    public int Words() => Utterance.Words(Known, true).Count;

    [Benchmark]
    public double Route() => _router!.Route(Known).Confidence;

    [Benchmark]
    public double RouteOutOfScope() => _router!.Route(Unknown).Confidence;

    [Benchmark]
    public double RouteKeyword() => _router!.Route("Billing.").Confidence;
}
