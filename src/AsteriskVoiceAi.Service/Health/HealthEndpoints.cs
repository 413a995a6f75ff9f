using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.AudioSocket;
using AsteriskVoiceAi.Asterisk.FastAgi;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Asterisk.Rtp;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Calls.Synthesis;
using AsteriskVoiceAi.Service.Storage;

namespace AsteriskVoiceAi.Service.Health;

/// <summary><c>/health/live</c>, <c>/health/ready</c> and <c>/status</c> for monitors and people.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        routes.MapGet("/health/ready", (Readiness readiness) =>
        {
            var report = readiness.Report();
            return Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        routes.MapGet("/status", (CallAdmission calls, ListeningStatus listening, RecognitionSpeed recognition, PromptCacheStatus prompts, FastAgiStatus agi, AudioSocketStatus audio, RtpStatus rtp, AriStatus ari, MediaStatus media, RecordsStatus records, DescriptorRoom descriptors) => Results.Ok(new
        {
            calls = calls.Active,
            listening,
            recognition,
            prompts,
            fastagi = agi,
            audiosocket = audio,
            rtp,
            ari,
            media,
            records,
            descriptors,
        }));
    }
}
