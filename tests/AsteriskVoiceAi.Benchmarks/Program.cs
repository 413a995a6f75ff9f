using System.CommandLine;
using AsteriskVoiceAi.Benchmarks.Crashes;
using AsteriskVoiceAi.Benchmarks.FastAgi;
using AsteriskVoiceAi.Benchmarks.Latency;
using AsteriskVoiceAi.Benchmarks.Media;
using AsteriskVoiceAi.Benchmarks.Memory;
using AsteriskVoiceAi.Benchmarks.Micro;
using AsteriskVoiceAi.Benchmarks.Records;
using AsteriskVoiceAi.Benchmarks.Reporting;
using AsteriskVoiceAi.Benchmarks.Rtp;
using AsteriskVoiceAi.Benchmarks.Soak;
using AsteriskVoiceAi.Benchmarks.Speaking;
using AsteriskVoiceAi.Benchmarks.Speech;
using AsteriskVoiceAi.Benchmarks.Synthesis;
using AsteriskVoiceAi.Benchmarks.TurnTaking;

var calls = new Option<int>("--calls") { Description = "Calls for each way in; one more goes first and is not counted.", DefaultValueFactory = _ => 5 };
var only = new Option<string?>("--kind") { Description = "Only the kinds of turn whose name has this in it." };
var latency = new Command("latency", "From the caller's last sound to the first sound of the reply, at the caller's ear, through a real Asterisk.") { calls, only };
latency.SetAction((parsed, _) => RunAsync(async output =>
{
    if (parsed.GetValue(only) is null)
    {
        await new LatencyBenchmark(output).RunAsync(parsed.GetValue(calls));
        output.WriteLine();
    }
    await new KindsOfTurn(output).RunAsync(parsed.GetValue(calls), parsed.GetValue(only) ?? "");
}));

var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 5 };
var fastAgi = new Command("fastagi", "FastAGI sessions a second, and what an idle session and an idle call cost.") { seconds };
fastAgi.SetAction((parsed, _) => RunAsync(output => new FastAgiBenchmark(output).RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)))));

var every = new Option<int>("--every") { Description = "Takes only each n-th recording, for a quick look.", DefaultValueFactory = _ => 1 };
var pauses = new Option<FileInfo?>("--pauses") { Description = "Writes each pause, what was known of it and what became of it to this file (comma-separated)." };
var endpointing = new Command("endpointing", "How many callers are cut off, and how long those wait who have finished, beside plain timers.") { every, only, pauses };
endpointing.SetAction((parsed, _) => RunAsync(async output =>
{
    await using var file = parsed.GetValue(pauses)?.CreateText();
    await new EndpointingBenchmark(output, parsed.GetValue(every), parsed.GetValue(only) ?? "", file).RunAsync();
}));

var bargeIn = new Command("barge-in", "How often an echo, a cough or noise stops a prompt, and how fast a caller does.") { every };
bargeIn.SetAction((parsed, _) => RunAsync(output => new BargeInBenchmark(output, parsed.GetValue(every)).RunAsync()));

var micro = new Command("micro", "What the work on each frame, command and utterance costs.");
micro.SetAction((_, _) => RunAsync(MicroBenchmarks.RunAsync));

var streams = new Argument<int[]>("streams") { Description = "Duplex streams at a time, one measurement each.", DefaultValueFactory = _ => [100, 500, 1000] };
var rtpSeconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 20 };
var rtp = new Command("rtp", "The RTP engine alone, with synthetic peers in another process: how evenly it sends, and what a stream costs.") { streams, rtpSeconds };
rtp.SetAction((parsed, _) => RunAsync(output => new RtpBenchmark(output).RunAsync(parsed.GetValue(streams)!, TimeSpan.FromSeconds(parsed.GetValue(rtpSeconds)))));

var peers = new Argument<int>("streams");
var longest = new Argument<int>("seconds");
var rtpPeers = new Command("rtp-peers", "The peers of that; started by it.") { peers, longest };
rtpPeers.Hidden = true;
rtpPeers.SetAction(parsed => SyntheticPeers.Run(parsed.GetValue(peers), TimeSpan.FromSeconds(parsed.GetValue(longest))));

var media = new Command("media", "Delay, processor time, pace and allocations of each media path, through a real Asterisk.") { seconds };
media.SetAction((parsed, _) => RunAsync(output => new MediaBenchmark(output).RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)))));

var sentences = new Option<int>("--sentences") { Description = "Sentences said on each line.", DefaultValueFactory = _ => 60 };
var impairments = new Command("impairments", "Word error rate and counters of RTP whose packets are lost, late, out of order or double.") { sentences };
impairments.SetAction((parsed, _) => RunAsync(output => new ImpairmentBenchmark(output).RunAsync(parsed.GetValue(sentences))));

var soakCalls = new Option<int>("--calls") { Description = "Calls at a time.", DefaultValueFactory = _ => 20 };
var minutes = new Option<double>("--minutes") { Description = "How long, for each transport.", DefaultValueFactory = _ => 10 };
var transport = new Option<string>("--transport") { Description = "rtp, websocket, audiosocket or all.", DefaultValueFactory = _ => "all" };
transport.AcceptOnlyFromAmong([.. SoakRun.Transports, "all"]);
var soak = new Command("soak", "Many calls that talk for a long time, and whether anything of them is left. The exit code says it too.") { soakCalls, minutes, transport };
soak.SetAction(async (parsed, _) =>
{
    var good = false;
    var ran = await RunAsync(async output => good = await SoakRun.RunAsync(output, parsed.GetValue(transport)!, parsed.GetValue(soakCalls), TimeSpan.FromMinutes(parsed.GetValue(minutes))));
    return ran == 0 && good ? 0 : 1;
});

var rounds = new Option<int>("--rounds") { Description = "How often the service is killed.", DefaultValueFactory = _ => 50 };
var seed = new Option<int>("--seed") { Description = "Of the moments.", DefaultValueFactory = _ => 1 };
var pair = new Option<bool>("--pair") { Description = "Two services: the one that stands by takes the calls, and the killed one stands by when it is back." };
var published = new Option<FileInfo?>("--program") { Description = "A published service (scripts/install.sh --publish FOLDER makes FOLDER/voiceai); else this build, which is compiled as it runs.", HelpName = "FILE" };
var crashes = new Command("crashes", "Kills the service under ten calls, over and over: what callers hear, and what is left. The exit code says it too.") { rounds, seed, pair, published };
crashes.SetAction(async (parsed, _) =>
{
    var good = false;
    var ran = await RunAsync(async output => good = await CrashRun.RunAsync(output, parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(pair), parsed.GetValue(published)?.FullName));
    return ran == 0 && good ? 0 : 1;
});

var folder = new Argument<string>("FOLDER") { Description = "Where the lists go." };
var voices = new Option<string?>("--voices") { Description = "A folder of files DIGIT_VOICE_TAKE.wav, as in the Free Spoken Digit Dataset, for digits and numbers by other voices.", HelpName = "DIR" };
var speechLists = new Command("speech-lists", "Makes lists for `voiceai evaluate speech` of Asterisk's own recordings: prompts, digits, numbers.") { folder, voices };
speechLists.SetAction((parsed, _) => RunAsync(async output =>
{
    await SpeechLists.WriteAsync(parsed.GetValue(folder)!, output);
    if (parsed.GetValue(voices) is { } recordings)
        await SpeechLists.WriteVoicesAsync(parsed.GetValue(folder)!, recordings, output);
}));

var utterances = new Option<int>("--utterances") { Description = "Recognitions, one after the other.", DefaultValueFactory = _ => 10_000 };
var longRun = new Command("speech-memory", "Whether recognition keeps memory: thousands of short utterances, and what the process holds as it goes.") { utterances };
longRun.SetAction((parsed, _) => RunAsync(output => LongRun.RunAsync(parsed.GetValue(utterances), output)));

var idleMemory = new Command("memory", "What a service without calls keeps of the machine's memory, model by model, with models as they come and prepared.") { published };
idleMemory.SetAction((parsed, _) => RunAsync(output => IdleMemory.RunAsync(output, parsed.GetValue(published)?.FullName)));

var spoken = new Option<int>("--sentences") { Description = "Sentences said by each, for each number of callers.", DefaultValueFactory = _ => 60 };
var speaking = new Command("speaking", "How soon a sentence sounds, what it costs, and how many callers can be spoken to at once, for each synthesizer.") { spoken };
speaking.SetAction((parsed, _) => RunAsync(output => new SpeakingBenchmark(output, parsed.GetValue(spoken)).RunAsync()));


var spokenBy = new Option<string[]>("--spoken-by") { Description = "Synthesizers by name; flite:slt names one of its voices, flite/raw leaves out the normalisation.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["flite", "flite:slt", "espeak-ng", "flite/raw", "espeak-ng/raw"] };
var ear = new Option<string>("--recognizer") { Description = "Who listens.", DefaultValueFactory = _ => "moonshine-base" };
var errors = new Option<bool>("--errors") { Description = "Lists the sentences that were not understood." };
var intelligibility = new Command("intelligibility", "How well each voice is understood: 100 telephone sentences spoken, carried as G.711 and recognised again.") { spokenBy, ear, every, errors };
intelligibility.SetAction((parsed, _) => RunAsync(output => new IntelligibilityBenchmark(output).RunAsync(parsed.GetValue(spokenBy)!, parsed.GetValue(ear)!, parsed.GetValue(every), parsed.GetValue(errors))));

var resampling = new Command("resampling", "Ripple and alias rejection of the resampler, beside sox where it is installed.");
resampling.SetAction((_, _) => RunAsync(output => new ResamplingBenchmark(output).RunAsync()));

var recorded = new Option<int>("--calls") { Description = "Calls in the store.", DefaultValueFactory = _ => 20_000 };
var database = new Option<string?>("--database") { Description = "A PostgreSQL server as in records.database, with nothing in it; else a file is made." };
var program = new Option<string?>("--program") { Description = "An installed or published voiceai that looks them up, instead of this checkout's.", HelpName = "PATH" };
var records = new Command("records", "A day's worth of call records: how fast they are written and looked up, and the room they take.") { recorded, database, program };
records.SetAction((parsed, _) => RunAsync(output => new RecordsBenchmark(output, parsed.GetValue(recorded), parsed.GetValue(database), parsed.GetValue(program)).RunAsync()));

return await new RootCommand("Measures AsteriskVoiceAi on this machine and prints markdown tables.")
{
    latency, endpointing, bargeIn, fastAgi, rtp, rtpPeers, media, impairments, soak, crashes, speechLists, longRun, idleMemory, speaking, intelligibility, resampling, records, micro,
}.Parse(args).InvokeAsync();

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
