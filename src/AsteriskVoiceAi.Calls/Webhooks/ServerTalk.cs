using AsteriskVoiceAi.Calls.Recognition;

namespace AsteriskVoiceAi.Calls.Webhooks;

/// <summary>A server that is asked in the middle of a call. Begins at once; given up when it is disposed of.</summary>
internal sealed class ServerTalk : IDisposable
{
    /// <summary>So long a caller takes silence for thinking.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>After a word about it a caller waits so long for the next.</summary>
    private static readonly TimeSpan MorePatience = TimeSpan.FromSeconds(7);

    private readonly CancellationTokenSource _givenUp;
    private readonly TimeProvider _time;
    private bool _excused;

    public ServerTalk(IWebhookClient webhooks, WebhookRequest request, CallDiary diary, TimeProvider time, CancellationToken cut)
    {
        _time = time;
        _givenUp = CancellationTokenSource.CreateLinkedTokenSource(cut);
        Answer = AskAsync(webhooks, request, diary);
    }

    /// <summary>Faults by cancellation only.</summary>
    public Task<WebhookAnswer> Answer { get; }

    /// <summary>True once it is time for a word to the caller; false once it has answered, or the caller has gone, or goes on speaking.</summary>
    public async Task<bool> IsSlowAsync(ListeningTurn turn, CancellationToken cut)
    {
        var late = Task.Delay(_excused ? MorePatience : Patience, _time, cut);
        _excused = true;
        await Task.WhenAny(Answer, turn.Pointless, late);
        cut.ThrowIfCancellationRequested();
        return !Answer.IsCompleted && !turn.Pointless.IsCompleted;
    }

    public void Dispose()
    {
        _givenUp.Cancel();
        _givenUp.Dispose();
    }

    private async Task<WebhookAnswer> AskAsync(IWebhookClient webhooks, WebhookRequest request, CallDiary diary)
    {
        var began = _time.GetTimestamp();
        var answer = await webhooks.AskAsync(request, _givenUp.Token);
        diary.Asked(request, answer, _time.GetElapsedTime(began));
        return answer;
    }
}
