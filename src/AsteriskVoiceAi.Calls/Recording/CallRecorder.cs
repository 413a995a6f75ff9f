using System.Collections.Concurrent;
using System.Globalization;
using AsteriskVoiceAi.Calls.Arrival;
using AsteriskVoiceAi.Calls.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>Begins recordings, and sees to it that their files are complete before the service ends.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CallRecorder(IOptions<RecordingOptions> options, TimeProvider time, ILogger<CallRecorder> log) : IAsyncDisposable
{
    /// <summary>Two seconds of blocks may wait for the disk.</summary>
    private static readonly TimeSpan LastBlocks = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, bool> _writing = new();

    /// <summary>Records a call from now on. Its file is named after the day and the call's id, never after anything that a caller sent.</summary>
    public RecordedLeg Record(IncomingCall call, ICallLeg leg)
    {
        var folder = Path.Combine(options.Value.Folder, time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var name = string.Concat(call.Id.Where(char.IsAsciiLetterOrDigit));
        var file = new RecordingFile(folder, name, leg.Audio.SampleRate, path => leg.Note(CallVariables.Recording, path), log);
        _writing[file.Written] = true;
        _ = file.Written.ContinueWith(done => _writing.TryRemove(done, out _), TaskScheduler.Default);
        return new RecordedLeg(leg, new RecordedLink(leg.Audio, file, options.Value.MaxDuration, time, log));
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_writing.Keys).WaitAsync(LastBlocks, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
