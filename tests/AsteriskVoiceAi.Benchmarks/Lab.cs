using System.Globalization;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Benchmarks;

/// <summary>A real Asterisk and the service beside it, on ports of their own.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private Lab(AsteriskProcess asterisk) => Asterisk = asterisk;

    public AsteriskProcess Asterisk { get; }

    public ServiceProcess Service { get; private set; } = null!;

    public LiveEvents Live { get; private set; } = null!;

    public static string ModelsFolder => Environment.GetEnvironmentVariable("VOICEAI_MODELS") is { Length: > 0 } given ? given : Path.Combine(Repository.State, "models");

    /// <param name="settings">More of the service's settings, as in the environment: "ARI__MEDIA__TRANSPORT".</param>
    /// <param name="dialplan">Extensions beside the project's own.</param>
    /// <param name="program">A published service; null = this build's.</param>
    public static async Task<Lab> StartAsync(string flows, IReadOnlyDictionary<string, string>? settings = null, string dialplan = "", string? program = null)
    {
        var agi = FreePorts.Tcp();
        var lab = new Lab(await AsteriskProcess.StartAsync(new AsteriskOptions { AgiPort = agi, Dialplan = dialplan }));
        try
        {
            lab.Service = await lab.StartServiceAsync(agi, flows, settings, program);
            lab.Live = await LiveEvents.ConnectAsync(lab.Service.Http);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>A second service on the same Asterisk, on ports of its own; the caller ends it.</summary>
    public Task<ServiceProcess> StartAnotherServiceAsync(string flows, IReadOnlyDictionary<string, string> settings, string? program) => StartServiceAsync(FreePorts.Tcp(), flows, settings, program);

    public async ValueTask DisposeAsync()
    {
        if (Live is not null)
            await Live.DisposeAsync();
        if (Service is not null)
            await Service.DisposeAsync();
        await Asterisk.DisposeAsync();
    }

    private Task<ServiceProcess> StartServiceAsync(int agi, string flows, IReadOnlyDictionary<string, string>? settings, string? program)
    {
        var rtp = FreePorts.UdpRange();
        return ServiceProcess.StartAsync(
            Repository.PathOf("voiceai.yaml"),
            new Dictionary<string, string>
            {
                ["FASTAGI__PORT"] = agi.ToString(CultureInfo.InvariantCulture),
                ["AUDIOSOCKET__PORT"] = FreePorts.Tcp().ToString(CultureInfo.InvariantCulture),
                ["ARI__URL"] = $"http://127.0.0.1:{Asterisk.HttpPort}",
                ["ARI__PASSWORD_FILE"] = Path.Combine(Asterisk.Folder, "ari-password"),
                ["SPEECH__MODELS_FOLDER"] = ModelsFolder,
                ["SPEECH__RECOGNIZERS"] = "moonshine-base,moonshine-tiny",
                ["FLOWS__FOLDER"] = flows,
                ["CALLS__DRAIN_TIMEOUT"] = "2s",
                ["CALLS__MAX_CALLS"] = "100",
                ["RTP__PORT_FIRST"] = rtp.First.ToString(CultureInfo.InvariantCulture),
                ["RTP__PORT_LAST"] = rtp.Last.ToString(CultureInfo.InvariantCulture),
            }.Concat(settings ?? new Dictionary<string, string>()).ToDictionary(),
            program: program);
    }
}
