using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AsteriskVoiceAi.Calls;

/// <summary>How calls are taken and heard.</summary>
public sealed class CallOptions
{
    [Description("Calls at once; one more gets VOICEAI_RESULT=refused and goes on in the dialplan. Two cores recognise about 60 talking callers.")]
    [Range(1, 10_000)]
    [Reloaded]
    public int MaxCalls { get; set; } = 100;

    [Description("New calls are refused with VOICEAI_REASON=overloaded while recognition takes longer than this, its queue included, in the middle of the last 15 s; before that the lightest engine takes over. Until it takes half of it. 0s = never.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    [Reloaded]
    public TimeSpan MaxRecognitionDelay { get; set; } = TimeSpan.FromSeconds(1.5);

    [Description("New calls are refused with VOICEAI_REASON=overloaded while recognition works longer than this share of the speech's length, its queue not counted, in the middle of the last 15 s; before that the lightest engine takes over. Default 0.5: three seconds of speech then take calls.max-recognition-delay without any queue, and a worker serves eight callers who speak a fifth of the time. Until it is half of it. 0 = never.")]
    [Range(0.0, 10.0)]
    [Reloaded]
    public double MaxRealTimeFactor { get; set; } = 0.5;

    [Description("Language of a call when neither the dialplan nor the flow names one (BCP 47 tag).")]
    [Required]
    [Reloaded]
    public string Language { get; set; } = "en-US";

    [Description("Silence after a prompt that counts as no input. People who were asked something begin within 3 s, nine in ten.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    [Reloaded]
    public TimeSpan NoInputAfter { get; set; } = TimeSpan.FromSeconds(5);

    [Description("Longest utterance; what was said until then is taken.")]
    [Range(typeof(TimeSpan), "00:00:05", "00:01:00")]
    [Reloaded]
    public TimeSpan MaxUtterance { get; set; } = TimeSpan.FromSeconds(25);

    [Description("How long running calls may go on after the service was told to stop. New ones are refused (draining) from then on; what still runs at the end hears a sentence and goes back to the dialplan.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
