using System.Runtime.CompilerServices;
using AsteriskVoiceAi.Calls.Arrival;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>Passes audio through and puts it on a tape, which goes to a file. Allocates nothing per frame; never waits for the disk.</summary>
internal sealed class RecordedLink : IAudioLink
{
    private readonly IAudioLink _link;
    private readonly RecordingFile _file;
    private readonly StereoTape _tape;
    private readonly TimeSpan _most;
    private readonly long _mostSamples;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private bool _over;

    /// <param name="most">The recording ends after this; the audio goes on.</param>
    public RecordedLink(IAudioLink link, RecordingFile file, TimeSpan most, TimeProvider time, ILogger log)
    {
        (_link, _file, _most, _log) = (link, file, most, log);
        _tape = new StereoTape(link.SampleRate, time);
        _mostSamples = (long)(most.TotalSeconds * link.SampleRate);
    }

    public int SampleRate => _link.SampleRate;

    /// <summary>The file; null = there is none.</summary>
    public string? Path => _file.Path;

    public TimeSpan Length => TimeSpan.FromSeconds((double)_tape.Length / SampleRate);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        var count = await _link.ReceiveAsync(frame, cancellationToken);
        Hear(frame.Span[..count]);
        return count;
    }

    public async Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        var strip = _tape.Begin(samples);
        var heard = 0;
        try
        {
            return heard = await _link.PlayAsync(samples, stop);
        }
        finally
        {
            _tape.End(strip, heard);
        }
    }

    /// <summary>The call is over; what is left goes to the file, which is completed behind our back.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_over)
                return;
            _over = true;
            _file.Take(_tape, last: true);
            _file.Complete();
        }
    }

    private void Hear(ReadOnlySpan<short> caller)
    {
        lock (_gate)
        {
            if (_over)
                return;
            _tape.Hear(caller);
            _file.Take(_tape);
        }
        if (_tape.Now < _mostSamples)
            return;
        _log.RecordingFull(Path ?? "", _most.TotalMinutes);
        End();
    }
}
