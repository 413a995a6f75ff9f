using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>Where a call that asked Asterisk for audio meets the connection that brings it.</summary>
internal sealed class AudioSocketRendezvous
{
    private readonly ConcurrentDictionary<Guid, ExpectedAudio> _expected = new();

    /// <summary>Calls that wait for their audio.</summary>
    public int Waiting => _expected.Count;

    /// <summary>The id works once: a second connection with it is refused like one that nobody waits for.</summary>
    public ExpectedAudio Expect(Guid uuid, MediaFormat format)
    {
        var expected = new ExpectedAudio(format, () => _expected.TryRemove(uuid, out _));
        if (!_expected.TryAdd(uuid, expected))
            throw new InvalidOperationException($"Audio for {uuid} is expected already.");
        return expected;
    }

    public bool TryTake(Guid uuid, [NotNullWhen(true)] out ExpectedAudio? expected) => _expected.TryRemove(uuid, out expected);
}

/// <summary>Audio that Asterisk was asked to bring. Disposing it ends the audio, or the waiting for it.</summary>
internal sealed class ExpectedAudio(MediaFormat format, Action forget) : IAsyncDisposable
{
    private readonly TaskCompletionSource<AudioSocketLink> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The call that waits.</summary>
    public string? Call { get; } = CallLogScope.Current;

    /// <summary>What Asterisk was asked to send, and gets.</summary>
    public MediaFormat Format => format;

    public Task<AudioSocketLink> Connected => _connected.Task;

    /// <returns>False = nobody waits any longer.</returns>
    public bool Deliver(AudioSocketLink link) => _connected.TrySetResult(link);

    public async ValueTask DisposeAsync()
    {
        forget();
        if (!_connected.TrySetCanceled() && _connected.Task.IsCompletedSuccessfully)
            await (await _connected.Task).EndAsync();
    }
}
