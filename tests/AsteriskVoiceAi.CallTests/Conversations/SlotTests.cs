using AsteriskVoiceAi.CallTests.Support;
using AsteriskVoiceAi.TestSupport.Webhooks;

namespace AsteriskVoiceAi.CallTests.Conversations;

/// <summary>A number that a caller says, denies, says again and confirms, on its way to a server and the dialplan. A lab of its own.</summary>
[NonParallelizable]
public sealed class SlotTests
{
    private const string Flow = """
        flow: main
        no-input: { after: 20s, then: opening-hours }
        greeting: This is Fabrikam. How can I help you?
        intents:
          track-parcel:
            examples: [track a parcel, where is my package, when will my delivery arrive, track my package, where is my parcel]
            slots:
              number:
                type: digits
                length: 4
                ask: What are the last four digits of the number?
                confirm: always
                check: { url: "CRM/check/{number}" }
            do:
              - webhook: { url: "CRM/parcels", body: { number: "{number}" }, save: parcel }
              - return: The parcel with the number {number} is {parcel.status}.
          opening-hours:
            examples: [opening hours, when are you open, when do you close]
            do: [{return: We are open all day.}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-flows-");
    private CrmServer _server = null!;
    private CallLab _lab = null!;

    [OneTimeSetUp]
    public async Task StartLab()
    {
        _server = await CrmServer.StartAsync((context, _) => CrmServer.SayAsync(context, context.Request.Path.StartsWithSegments("/check") ? """{"valid": true}""" : """{"status": "waiting at the station"}"""));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "main.yaml"), Flow.Replace("CRM", _server.Address, StringComparison.Ordinal));
        _lab = await CallLab.StartAsync(_ => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["FLOWS__FOLDER"] = _folder.FullName }));
    }

    [TearDown]
    public async Task Leave_nothing_behind()
    {
        TestContext.Out.WriteLine(_lab.Live);
        await _lab.WaitForNothingLeftAsync();
    }

    [OneTimeTearDown]
    public async Task StopLab()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Number_that_is_denied_said_again_and_confirmed_reaches_the_server_and_the_dialplan()
    {
        var before = _lab.Asterisk.Log().Count;
        await using var call = await _lab.CallAsync("805");
        Said.Contains(await call.HearAsync(), "help");

        await call.SayAsync("Where is my package?");
        Said.Contains(await call.HearAsync(), "last four digits");
        await call.SayAsync("Four one five two.");
        Said.Contains(await call.HearAsync(), "is that right");
        await call.SayAsync("No.");
        Said.Contains(await call.HearAsync(), "last four digits");
        await call.SayAsync("Four one five seven.");
        Said.Contains(await call.HearAsync(), "is that right");
        await call.SayAsync("Yes, that's right.");
        Said.Contains(await call.HearAsync(), "waiting at the station");

        var line = await _lab.WaitForDialplanAsync("dialplan RESULT=", before);
        Assert.That(line, Does.Contain("RESULT=done").And.Contain("INTENT=track-parcel").And.Contain("NUMBER=4157"), _lab.Live.ToString());
        Assert.That(_server.Asked.Select(asked => asked.ToString()), Is.EqualTo(new[] { "GET /check/4157", """POST /parcels {"number":"4157"}""" }));
    }
}
