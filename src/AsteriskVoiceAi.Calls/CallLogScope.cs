using System.Collections;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Calls;

/// <summary>The call's id for every line that is logged for it: <c>call ID</c> in text, <c>CallId</c> where lines have fields.</summary>
/// <remarks>Follows the flow of the call's work. A thread that serves many calls begins it anew, with the <see cref="Current"/> that the call left it.</remarks>
public sealed class CallLogScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<string?> Id = new();

    private readonly string _call;

    private CallLogScope(string call) => _call = call;

    /// <summary>The call that works here now; null = none does, or nobody said.</summary>
    public static string? Current => Id.Value;

    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0 ? new("CallId", _call) : throw new ArgumentOutOfRangeException(nameof(index), index, "one entry only");

    /// <param name="call">Null = of no call.</param>
    /// <returns>Disposed where the call's work ends. Inside of the same call's scope it does nothing: no line names it twice.</returns>
    public static IDisposable? Begin(ILogger logger, string? call)
    {
        if (call is null || Id.Value == call)
            return null;
        var before = Id.Value;
        Id.Value = call;
        return new Ending(logger.BeginScope(new CallLogScope(call)), before);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"call {_call}";

    private sealed class Ending(IDisposable? scope, string? before) : IDisposable
    {
        public void Dispose()
        {
            Id.Value = before;
            scope?.Dispose();
        }
    }
}
