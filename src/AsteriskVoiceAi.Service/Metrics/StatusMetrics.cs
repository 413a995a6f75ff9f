using System.Diagnostics.Metrics;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Service.Health;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.Metrics;

/// <summary>
/// What <c>/status</c> and <c>/health/ready</c> tell, as metrics: read when somebody asks. The host makes it at start, and with it the
/// metrics of the calls, so that they are there before the first one.
/// </summary>
internal sealed class StatusMetrics : IHostedService
{
    public const string MeterName = "AsteriskVoiceAi.Service";

    private readonly Meter _meter;

    public StatusMetrics(IMeterFactory meters, IServiceProvider services)
    {
        _meter = meters.Create(MeterName);
        // Follows calls from here on.
        services.GetRequiredService<CallEvents>();
        Gauge("voiceai.ready", () => services.GetRequiredService<Readiness>().Report().Ready, "1 = /health/ready says yes.");
        Calls(services.GetRequiredService<CallAdmission>(), services.GetRequiredService<IOptions<CallOptions>>().Value, services.GetRequiredService<ListeningStatus>());
        Speed(services.GetRequiredService<RecognitionSpeed>());
        Descriptors(services.GetRequiredService<DescriptorRoom>());
        Flows(services.GetRequiredService<FlowCatalog>());
        Prompts(services.GetRequiredService<PromptCacheStatus>);
        Agi(services.GetRequiredService<FastAgiStatus>(), services.GetRequiredService<AudioSocketStatus>());
        Ari(services.GetRequiredService<AriStatus>());
        Media(services.GetRequiredService<MediaStatus>(), services.GetRequiredService<RtpStatus>());
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Calls(CallAdmission admission, CallOptions options, ListeningStatus listening)
    {
        Gauge("voiceai.calls.active", () => admission.Active, "{call}", "Calls that run.");
        Gauge("voiceai.calls.limit", () => options.MaxCalls, "{call}", "Calls that may run at once: calls.max-calls.");
        Gauge("voiceai.recognitions.active", () => listening.Recognizing, "{recognition}", "Recognitions that run or wait for an engine.");
        Gauge("voiceai.recognition.delay", () => listening.RecognitionDelay?.TotalSeconds ?? 0, "s", "How long recognition takes, its queue included, in the middle of the last seconds; 0 = nothing was recognised. Above calls.max-recognition-delay new calls are refused.");
        Count("voiceai.speculations", () => Speculations(listening), "{recognition}", "Recognitions begun in a pause: used, or thrown-away because the caller went on, pressed a key or hung up.");
        Count("voiceai.utterances.ready", () => listening.TextReadyAtEndpoint, "{utterance}", "Utterances whose text was there when the turn was over: nobody waited for it.");
        Count("voiceai.prompts.resumed", () => listening.PromptsResumed, "{prompt}", "Prompts stopped by a sound that was no answer, which then went on.");
    }

    private void Speed(RecognitionSpeed speed) => _meter.CreateObservableGauge(
        "voiceai.recognition.real_time_factor",
        () => speed.RealTimeFactors.Select(engine => new Measurement<double>(engine.Value, new KeyValuePair<string, object?>("engine", engine.Key))),
        null,
        "Work of a recogniser by length of the speech, its queue not counted, in the middle of the last seconds. Above calls.max-real-time-factor the lightest engine takes over; above it there, too, new calls are refused.");

    private void Descriptors(DescriptorRoom room)
    {
        Gauge("voiceai.descriptors.left", () => room.Left, "{descriptor}", "Files, sockets and pipes that the process may open yet, at most. Under 100 new calls are refused (too-many-open-files), under 50 connections.");
        Count("voiceai.descriptors.refused", () => room.Refused, "{refusal}", "Calls and connections turned away because hardly any file descriptor was left.");
    }

    private static Measurement<long>[] Speculations(ListeningStatus listening) =>
        [Of(listening.SpeculationsUsed, "result", "used"), Of(listening.SpeculationsThrownAway, "result", "thrown-away")];

    private void Flows(FlowCatalog flows)
    {
        Gauge("voiceai.flows.loaded", () => flows.Names.Count, "{flow}", "Flows that calls can run.");
        Gauge("voiceai.flows.problems", () => flows.Problems.Count, "{problem}", "What is wrong with flow files as they are now; a broken one keeps its last good flow.");
    }

    private void Prompts(Func<PromptCacheStatus> status)
    {
        Count("voiceai.prompt_cache.lookups", () => Lookups(status()), "{piece}", "Pieces of speech that were wanted: hit (in memory, or on their way), disk, or miss (made by an engine).");
        Count("voiceai.prompt_cache.made", () => Made(status()), "{piece}", "Pieces of speech by what came of making them.");
        Gauge("voiceai.prompt_cache.entries", () => status().Entries, "{piece}", "Pieces of speech in memory.");
        Gauge("voiceai.prompt_cache.size", () => [Of(status().Bytes, "place", "memory"), Of(status().Disk?.Bytes ?? 0, "place", "disk")], "By", "Speech that is kept.");
        Gauge("voiceai.prompt_cache.limit", () => [Of(status().LimitBytes, "place", "memory"), Of(status().Disk?.LimitBytes ?? 0, "place", "disk")], "By", "Most speech that is kept.");
        Count("voiceai.prompt_cache.disk.failures", () => status().Disk?.Failures ?? 0, "{failure}", "Times that the disk was full, or could not be written or read.");
    }

    private static Measurement<long>[] Lookups(PromptCacheStatus prompts)
    {
        var disk = prompts.Disk?.Hits ?? 0;
        return [Of(prompts.Hits, "result", "hit"), Of(disk, "result", "disk"), Of(prompts.Misses - disk, "result", "miss")];
    }

    private static Measurement<long>[] Made(PromptCacheStatus prompts) =>
        [Of(prompts.Made, "result", "made"), Of(prompts.Failed, "result", "failed"), Of(prompts.Cancelled, "result", "cancelled")];

    private void Agi(FastAgiStatus agi, AudioSocketStatus audio)
    {
        Gauge("voiceai.agi.connections", () => agi.ConnectionsOpen, "{connection}", "FastAGI connections that are open.");
        Gauge("voiceai.agi.calls.active", () => agi.CallsActive, "{call}", "Calls over FastAGI that run.");
        Count("voiceai.agi.refused", () => agi.Refused, "{call}", "Calls sent back at the FastAGI port: draining, or too many connections.");
        Count("voiceai.agi.broken", () => agi.Broken, "{connection}", "FastAGI connections closed because the peer may not connect or did not speak the protocol.");
        Gauge("voiceai.audiosocket.connections", () => audio.SocketsOpen, "{connection}", "AudioSocket connections that are open, with or without a call.");
        Count("voiceai.audiosocket.refused", () => audio.Refused, "{connection}", "AudioSocket connections closed because they spoke another protocol or named a call that nobody waits for.");
        Count("voiceai.audiosocket.frames.skipped", () => audio.SkippedFrames, "{frame}", "Frames of 20 ms not sent because Asterisk did not take them in time.");
    }

    private void Ari(AriStatus ari)
    {
        Gauge("voiceai.ari.connected", () => ari.Connected, "1 = Asterisk sends the calls of Stasis() here.");
        Gauge("voiceai.ari.standby", () => ari.Standby, "1 = another instance gets the calls of Stasis(), and this one waits to take over.");
        Gauge("voiceai.ari.calls.active", () => ari.ActiveCalls, "{call}", "Calls over ARI that run.");
        Gauge("voiceai.ari.media_channels", () => ari.MediaChannels, "{channel}", "Media channels in Asterisk that were made and not deleted.");
        Gauge("voiceai.ari.bridges", () => ari.Bridges, "{bridge}", "Bridges in Asterisk that were made and not deleted.");
    }

    private void Media(MediaStatus media, RtpStatus rtp)
    {
        Count("voiceai.media.faults", () => [.. media.Faults.Select(fault => Of(fault.Value, "cause", fault.Key))], "{fault}", "Bad audio, by cause.");
        Count("voiceai.media.rebuilt", () => media.Rebuilt, "{call}", "Calls whose audio was made anew while they went on.");
        Count("voiceai.media.refused", () => media.Refused, "{connection}", "Connections to the media port that were sent away.");
        Gauge("voiceai.rtp.ports.used", () => rtp.Ports, "{port}", "Pairs of RTP ports in use.");
        Count("voiceai.rtp.strangers", () => rtp.Strangers, "{packet}", "RTP packets from somebody else than the Asterisk of the call: dropped.");
        Count("voiceai.rtp.send_failures", () => rtp.SendFailures, "{packet}", "RTP packets that the system or the peer's host refused.");
    }

    private static Measurement<long> Of(long value, string label, string word) => new(value, new KeyValuePair<string, object?>(label, word));

    private void Gauge(string name, Func<bool> value, string description) => _meter.CreateObservableGauge(name, () => value() ? 1 : 0, null, description);

    private void Gauge(string name, Func<long> value, string unit, string description) => _meter.CreateObservableGauge(name, value, unit, description);

    private void Gauge(string name, Func<double> value, string unit, string description) => _meter.CreateObservableGauge(name, value, unit, description);

    private void Gauge(string name, Func<IEnumerable<Measurement<long>>> values, string unit, string description) => _meter.CreateObservableGauge(name, values, unit, description);

    private void Count(string name, Func<long> value, string unit, string description) => _meter.CreateObservableCounter(name, value, unit, description);

    private void Count(string name, Func<IEnumerable<Measurement<long>>> values, string unit, string description) => _meter.CreateObservableCounter(name, values, unit, description);
}
