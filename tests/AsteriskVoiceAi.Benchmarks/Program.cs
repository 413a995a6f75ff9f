using System.CommandLine;
using AsteriskVoiceAi.Benchmarks.FastAgi;
using AsteriskVoiceAi.Benchmarks.Latency;
using AsteriskVoiceAi.Benchmarks.Micro;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Benchmarks.Speech;
using AsteriskVoiceAi.Benchmarks.TurnTaking;

var calls = new Option<int>("--calls") { Description = "Calls for each way in; one more goes first and is not counted.", DefaultValueFactory = _ => 5 };
var latency = new Command("latency", "From the caller's last sound to the first sound of the reply, at the caller's ear, through a real Asterisk.") { calls };
latency.SetAction((parsed, _) => RunAsync(output => new LatencyBenchmark(output).RunAsync(parsed.GetValue(calls))));

var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 5 };
var fastAgi = new Command("fastagi", "FastAGI sessions a second, and what an idle session and an idle call cost.") { seconds };
fastAgi.SetAction((parsed, _) => RunAsync(output => new FastAgiBenchmark(output).RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)))));

var every = new Option<int>("--every") { Description = "Takes only each n-th recording, for a quick look.", DefaultValueFactory = _ => 1 };
var endpointing = new Command("endpointing", "How many callers are cut off, and how long those wait who have finished, beside plain timers.") { every };
endpointing.SetAction((parsed, _) => RunAsync(output => new EndpointingBenchmark(output, parsed.GetValue(every)).RunAsync()));

var bargeIn = new Command("barge-in", "How often an echo, a cough or noise stops a prompt, and how fast a caller does.") { every };
bargeIn.SetAction((parsed, _) => RunAsync(output => new BargeInBenchmark(output, parsed.GetValue(every)).RunAsync()));

var micro = new Command("micro", "What the work on each frame, command and utterance costs.");
micro.SetAction((_, _) => RunAsync(MicroBenchmarks.RunAsync));

var folder = new Argument<string>("FOLDER") { Description = "Where the lists go." };
var speechLists = new Command("speech-lists", "Makes lists for `voiceai evaluate speech` of Asterisk's own recordings: prompts, digits, numbers.") { folder };
speechLists.SetAction((parsed, _) => RunAsync(output => SpeechLists.WriteAsync(parsed.GetValue(folder)!, output)));

var utterances = new Option<int>("--utterances") { Description = "Recognitions, one after the other.", DefaultValueFactory = _ => 10_000 };
var longRun = new Command("speech-memory", "Whether recognition keeps memory: thousands of short utterances, and what the process holds as it goes.") { utterances };
longRun.SetAction((parsed, _) => RunAsync(output => LongRun.RunAsync(parsed.GetValue(utterances), output)));

return await new RootCommand("Measures AsteriskVoiceAi on this machine and prints markdown tables.") { latency, endpointing, bargeIn, fastAgi, micro, speechLists, longRun }.Parse(args).InvokeAsync();

static async Task<int> RunAsync(Func<TextWriter, Task> benchmark)
{
    Console.Out.WriteLine(Machine.Describe());
    Console.Out.WriteLine();
    try
    {
        await benchmark(Console.Out);
        return 0;
    }
    catch (Exception failed) when (failed is TimeoutException or InvalidOperationException or HttpRequestException)
    {
        Console.Error.WriteLine($"The benchmark did not run to its end: {failed.Message}");
        return 1;
    }
}
