using System.Globalization;
using System.Text.Json;
using AsteriskVoiceAi.TestSupport;
using AsteriskVoiceAi.TestSupport.Processes;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>The real thing on ports of its own: Asterisk with the project's configuration and demo dialplan, and the service with the demo flow.</summary>
internal sealed class CallLab : IAsyncDisposable
{
    /// <summary>Logs what a dialplan gets back, in the hangup extension too.</summary>
    private const string Dialplan = """
        [default]
        exten => 804,1,Set(VOICEAI_RESULT=)
         same => n,AGI(agi://${VOICEAI}/route/main)
         same => n,Goto(outcome,1)
        exten => 805,1,Set(VOICEAI_RESULT=)
         same => n,Stasis(voiceai,main)
         same => n,Goto(outcome,1)
        exten => 806,1,Answer()
         same => n,AGI(agi://${VOICEAI}/no-such-script)
         same => n,Log(NOTICE,AGISTATUS=${AGISTATUS} RESULT=${VOICEAI_RESULT})
         same => n,Hangup()
        exten => 807,1,Set(VOICEAI_RESULT=)
         same => n,AGI(agi://${VOICEAI}/route/no-such-flow)
         same => n,Goto(outcome,1)
        exten => outcome,1,Log(NOTICE,dialplan RESULT=${VOICEAI_RESULT} REASON=${VOICEAI_REASON} INTENT=${VOICEAI_INTENT} CONFIDENCE=${VOICEAI_CONFIDENCE} DIGITS=${VOICEAI_DIGITS} NUMBER=${VOICEAI_SLOT_NUMBER} TEXT=${VOICEAI_TEXT})
         same => n,Hangup()
        exten => h,1,Log(NOTICE,hangup RESULT=${VOICEAI_RESULT} REASON=${VOICEAI_REASON} INTENT=${VOICEAI_INTENT} CONFIDENCE=${VOICEAI_CONFIDENCE} CALL=${VOICEAI_CALL} TEXT=${VOICEAI_TEXT})

        """;

    private CallLab(AsteriskProcess asterisk) => Asterisk = asterisk;

    public AsteriskProcess Asterisk { get; }

    public ServiceProcess Service { get; private set; } = null!;

    public LiveEvents Live { get; private set; } = null!;

    /// <param name="prepare">Changes the Asterisk before the service starts, and gives more settings for that.</param>
    public static async Task<CallLab> StartAsync(Func<AsteriskProcess, Task<IReadOnlyDictionary<string, string>>>? prepare = null)
    {
        if (await AsteriskProcess.WhyMissingAsync() is { } why)
            Missing.Skip(why);
        var agi = FreePorts.Tcp();
        var lab = new CallLab(await AsteriskProcess.StartAsync(new AsteriskOptions { AgiPort = agi, Dialplan = Dialplan }));
        try
        {
            var settings = lab.Settings(agi);
            foreach (var (name, value) in prepare is null ? new Dictionary<string, string>() : await prepare(lab.Asterisk))
                settings[name] = value;
            lab.Service = await ServiceProcess.StartAsync(Repository.PathOf("voiceai.yaml"), settings);
            lab.Live = await LiveEvents.ConnectAsync(lab.Service.Http);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls an extension that must answer.</summary>
    public async Task<PhoneCall> CallAsync(string extension, SipCallerOptions? options = null)
    {
        var caller = new SipCaller(Asterisk.Sip, options);
        var call = new PhoneCall(caller);
        try
        {
            await caller.CallAsync(extension);
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the service again after it was stopped or killed.</summary>
    public async Task RestartServiceAsync()
    {
        await Live.DisposeAsync();
        await Service.StartAgainAsync();
        Live = await LiveEvents.ConnectAsync(Service.Http);
    }

    /// <summary>A second service on the same Asterisk, on ports of its own.</summary>
    public Task<ServiceProcess> StartAnotherServiceAsync(IReadOnlyDictionary<string, string> more)
    {
        var settings = Settings(FreePorts.Tcp());
        foreach (var (name, value) in more)
            settings[name] = value;
        return ServiceProcess.StartAsync(Repository.PathOf("voiceai.yaml"), settings);
    }

    /// <summary>Waits for a line of the dialplan's own log.</summary>
    public async Task<string> WaitForDialplanAsync(string containing, int after = 0)
    {
        var deadline = Moment.Now + TimeSpan.FromSeconds(15);
        while (true)
        {
            var line = Asterisk.Log().Skip(after).FirstOrDefault(l => l.Contains(containing, StringComparison.Ordinal));
            if (line is not null)
                return line;
            if (Moment.Now > deadline)
                throw new TimeoutException($"The dialplan did not log '{containing}'.\n{Asterisk}\n{Live}\n{Service}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Waits until nothing is left of any call: channels and bridges in Asterisk; calls, sockets and links in the service.</summary>
    public async Task WaitForNothingLeftAsync()
    {
        await Asterisk.WaitForNothingLeftAsync(TimeSpan.FromSeconds(15));
        var deadline = Moment.Now + TimeSpan.FromSeconds(10);
        while (true)
        {
            var status = await Service.StatusAsync();
            var left = Left(status);
            if (left == 0)
                return;
            if (Moment.Now > deadline)
                throw new TimeoutException($"The service still holds something 10 s after the last call: {status}\n{Live}\n{Service}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Live is not null)
            await Live.DisposeAsync();
        if (Service is not null)
            await Service.DisposeAsync();
        await Asterisk.DisposeAsync();
    }

    private static int Left(JsonElement status) =>
        status.GetProperty("calls").GetInt32()
        + Sum(status.GetProperty("fastagi"), "connectionsOpen", "callsActive")
        + Sum(status.GetProperty("audiosocket"), "socketsOpen", "linksActive")
        + Sum(status.GetProperty("rtp"), "links", "ports")
        + Sum(status.GetProperty("ari"), "activeCalls", "mediaSockets", "mediaChannels", "bridges");

    private static int Sum(JsonElement of, params string[] names) => names.Sum(name => of.GetProperty(name).GetInt32());

    private Dictionary<string, string> Settings(int agi)
    {
        var rtp = FreePorts.UdpRange();
        return new()
        {
            ["RTP__PORT_FIRST"] = rtp.First.ToString(CultureInfo.InvariantCulture),
            ["RTP__PORT_LAST"] = rtp.Last.ToString(CultureInfo.InvariantCulture),
            ["FASTAGI__PORT"] = agi.ToString(CultureInfo.InvariantCulture),
            ["AUDIOSOCKET__PORT"] = FreePorts.Tcp().ToString(CultureInfo.InvariantCulture),
            ["ARI__URL"] = $"http://127.0.0.1:{Asterisk.HttpPort}",
            ["ARI__PASSWORD_FILE"] = Path.Combine(Asterisk.Folder, "ari-password"),
            ["SPEECH__MODELS_FOLDER"] = Ear.ModelsFolder,
            // Fixed: what auto finds depends on what else the machine does at that moment.
            ["SPEECH__RECOGNIZERS"] = "moonshine-base,moonshine-tiny",
            ["FLOWS__FOLDER"] = Repository.PathOf("flows"),
            ["CALLS__NO_INPUT_AFTER"] = "3s",
            ["CALLS__DRAIN_TIMEOUT"] = "2s",
            // What callers say must not be in it at this level either.
            ["LOG__LEVEL"] = "debug",
        };
    }
}
