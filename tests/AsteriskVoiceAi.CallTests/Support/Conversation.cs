using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.TestSupport.Sip;

namespace AsteriskVoiceAi.CallTests.Support;

/// <summary>A call by one way in, and what the service tells of it. Only one at a time by each way in.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private readonly CallLab _lab;

    private Conversation(CallLab lab, PhoneCall call, string id) => (_lab, Call, Id) = (lab, call, id);

    /// <summary>What the dialplan gets as VOICEAI_CALL.</summary>
    public string Id { get; }

    public PhoneCall Call { get; }

    /// <param name="extension">104 or 804 = FastAGI, 105 or 805 = ARI.</param>
    public static async Task<Conversation> BeginAsync(CallLab lab, string extension, SipCallerOptions? options = null)
    {
        var earlier = lab.Live.Seen.Select(e => e.CallId).ToHashSet();
        var call = await lab.CallAsync(extension, options);
        var entry = extension.EndsWith('4') ? "agi:" : "stasis:";
        var started = await lab.Live.WaitForAsync<CallEvent.Started>(e => !earlier.Contains(e.CallId) && e.Entry.StartsWith(entry, StringComparison.Ordinal));
        return new Conversation(lab, call, started.CallId);
    }

    /// <summary>Begins and hears the greeting of the demo flow.</summary>
    public static async Task<Conversation> GreetedAsync(CallLab lab, string extension, SipCallerOptions? options = null)
    {
        var conversation = await BeginAsync(lab, extension, options);
        Said.Contains(await conversation.Call.HearAsync(), "how can I help");
        return conversation;
    }

    public Task<CallEvent.Ended> EndedAsync() => _lab.Live.WaitForAsync<CallEvent.Ended>(e => e.CallId == Id, TimeSpan.FromSeconds(60));

    /// <summary>What the service told of this call so far.</summary>
    public T[] Events<T>() where T : CallEvent => [.. _lab.Live.Seen.OfType<T>().Where(e => e.CallId == Id)];

    public override string ToString() => string.Join('\n', Events<CallEvent>().AsEnumerable());

    public ValueTask DisposeAsync() => Call.DisposeAsync();
}
