using System.Net;
using AsteriskVoiceAi.Asterisk.Ari;

namespace AsteriskVoiceAi.Asterisk.Doctor;

/// <summary>Asks a running Asterisk whether it is what the service needs. Changes nothing.</summary>
public static class AsteriskExamination
{
    /// <summary>What <c>AGI(agi://…)</c> with audio takes; which media modules calls over ARI need depends on the transport, see <see cref="LoopedCall"/>.</summary>
    private static readonly string[] ForAgi = ["res_agi.so", "app_exec.so", "app_audiosocket.so", "res_audiosocket.so"];

    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<AsteriskFindings> AskAsync(AriOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var credentials = new AriCredentials(options);
        try
        {
            credentials.Refresh();
            using var rest = new AriRest(options, credentials, AsteriskTrust.From(options));
            var version = (await rest.GetInfoAsync(cancellationToken)).System?.Version ?? "of unknown version";
            var running = (await rest.GetModulesAsync(cancellationToken)).Where(module => module.Status == "Running").Select(module => module.Name).ToHashSet(StringComparer.Ordinal);
            return new(null, version, [.. ForAgi.Where(module => !running.Contains(module))], await MayWriteAsync(rest, cancellationToken), await ClockAheadAsync(rest, time, cancellationToken));
        }
        catch (Exception e) when (e is AriException or InvalidOperationException)
        {
            return new(e.Message, "", [], false, null);
        }
    }

    /// <summary>A channel that does not exist cannot be hung up: who may write is told 404, who may only read 403.</summary>
    private static async Task<bool> MayWriteAsync(AriRest rest, CancellationToken cancellationToken)
    {
        try
        {
            await rest.HangUpAsync("voiceai.doctor.none", cancellationToken);
            return true;
        }
        catch (AriException e)
        {
            return e.Status != HttpStatusCode.Forbidden;
        }
    }

    private static async Task<TimeSpan?> ClockAheadAsync(AriRest rest, TimeProvider time, CancellationToken cancellationToken) =>
        await rest.FindTimeAsync(cancellationToken) is { } theirs ? theirs - time.GetUtcNow() : null;
}
