using System.CommandLine;
using System.Globalization;
using System.Net;
using AsteriskVoiceAi.TestCall;

var sip = new Option<string>("--sip") { Description = "Where Asterisk takes SIP.", DefaultValueFactory = _ => "127.0.0.1:5060" };
var service = new Option<string>("--service") { Description = "The service's HTTP port.", DefaultValueFactory = _ => "http://127.0.0.1:8090/" };
var extension = new Option<string>("--extension") { Description = "What to dial.", DefaultValueFactory = _ => "105" };

var root = new RootCommand("Calls the service over SIP with recorded human speech, shows the conversation and checks where it led.") { sip, service, extension };
root.SetAction(async (parsed, _) =>
{
    var call = new SelfTestCall(IPEndPoint.Parse(parsed.GetRequiredValue(sip)), new Uri(parsed.GetRequiredValue(service)), parsed.GetRequiredValue(extension), Console.Out);
    try
    {
        var took = await call.RunAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The test call went well: answered and transferred in {took.TotalSeconds:0.0} s."));
        return 0;
    }
    catch (Exception failed) when (failed is TimeoutException or InvalidOperationException or HttpRequestException)
    {
        Console.Error.WriteLine($"The test call went wrong: {failed.Message}");
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();
