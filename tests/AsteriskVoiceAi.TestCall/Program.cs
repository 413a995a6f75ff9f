using System.CommandLine;
using System.Globalization;
using System.Net;
using AsteriskVoiceAi.TestCall;

var sip = new Option<string>("--sip") { Description = "Where Asterisk takes SIP.", DefaultValueFactory = _ => "127.0.0.1:5060", Recursive = true };
var service = new Option<string>("--service") { Description = "The service's HTTP port.", DefaultValueFactory = _ => "http://127.0.0.1:8090/" };
var extension = new Option<string>("--extension") { Description = "What to dial.", DefaultValueFactory = _ => "105", Recursive = true };
var patience = new Option<int>("--hang-up-after") { Description = "Seconds after which this phone hangs up.", DefaultValueFactory = _ => 30 };
var longestSilence = new Option<int>("--longest-silence") { Description = "Seconds that nothing may be heard.", DefaultValueFactory = _ => 10 };

var listen = new Command("listen", "Calls, says nothing, and tells what was heard.") { patience, longestSilence };
listen.SetAction((parsed, _) => Try(async () =>
{
    var call = new ListeningCall(IPEndPoint.Parse(parsed.GetRequiredValue(sip)), parsed.GetRequiredValue(extension), Console.Out);
    await call.RunAsync(TimeSpan.FromSeconds(parsed.GetRequiredValue(patience)), TimeSpan.FromSeconds(parsed.GetRequiredValue(longestSilence)));
}));

var root = new RootCommand("Calls the service over SIP with recorded human speech, shows the conversation and checks where it led.") { sip, service, extension, listen };
root.SetAction((parsed, _) => Try(async () =>
{
    var call = new SelfTestCall(IPEndPoint.Parse(parsed.GetRequiredValue(sip)), new Uri(parsed.GetRequiredValue(service)), parsed.GetRequiredValue(extension), Console.Out);
    var took = await call.RunAsync();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The test call went well: answered and transferred in {took.TotalSeconds:0.0} s."));
}));
return await root.Parse(args).InvokeAsync();

static async Task<int> Try(Func<Task> call)
{
    try
    {
        await call();
        return 0;
    }
    catch (Exception failed) when (failed is TimeoutException or InvalidOperationException or HttpRequestException)
    {
        await Console.Error.WriteLineAsync($"The test call went wrong: {failed.Message}");
        return 1;
    }
}
