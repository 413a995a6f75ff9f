using System.ComponentModel;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Flows;
using AsteriskVoiceAi.Calls.Recording;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Engines;
using AsteriskVoiceAi.Service.Webhooks;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>
/// All settings. Each property is a section of voiceai.yaml, and each of a section's properties a key of it, both in kebab-case unless
/// <see cref="DisplayNameAttribute"/> says otherwise. <see cref="DescriptionAttribute"/> and data annotations end up in the reference.
/// </summary>
public sealed class VoiceAiOptions
{
    [DisplayName("fastagi")]
    [Description("The port that the dialplan's AGI(agi://…) connects to.")]
    public FastAgiOptions FastAgi { get; set; } = new();

    [DisplayName("audiosocket")]
    [Description("The port that Asterisk brings the audio of AGI calls to.")]
    public AudioSocketOptions AudioSocket { get; set; } = new();

    [Description("UDP ports of calls whose audio travels as RTP.")]
    public RtpOptions Rtp { get; set; } = new();

    [Description("Asterisk's REST interface, for calls that come by Stasis(voiceai,FLOW).")]
    public AriOptions Ari { get; set; } = new();

    [Description("How calls are taken and heard.")]
    public CallOptions Calls { get; set; } = new();

    [Description("Where the conversations are.")]
    public FlowsOptions Flows { get; set; } = new();

    [Description("Where the calls of flows with record: yes are kept.")]
    public RecordingOptions Recording { get; set; } = new();

    [Description("What is kept of each call.")]
    public RecordsOptions Records { get; set; } = new();

    [Description("Speech that was made once and is played again.")]
    public PromptCacheOptions Prompts { get; set; } = new();

    [Description("Speech engines: which, in what order, and how much of the machine they may take.")]
    public SpeechOptions Speech { get; set; } = new();

    [Description("The servers that flows ask (webhook and check).")]
    public WebhookOptions Webhooks { get; set; } = new();

    [Description("Health, status, metrics and live conversations.")]
    public HttpOptions Http { get; set; } = new();

    [Description("Metrics and traces for a collector. Prometheus fetches metrics from /metrics at the HTTP port.")]
    public TelemetryOptions Telemetry { get; set; } = new();

    [Description("What the service writes to its standard output.")]
    public LogOptions Log { get; set; } = new();
}
