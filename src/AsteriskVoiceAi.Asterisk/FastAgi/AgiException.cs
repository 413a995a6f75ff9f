namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>What went wrong with a session.</summary>
internal enum AgiFault
{
    /// <summary>The connection is gone: Asterisk ended, or the channel did and nobody wanted the dead one.</summary>
    Lost,
    /// <summary>Not FastAGI, or over a limit.</summary>
    Garbage,
    /// <summary>A deadline passed.</summary>
    Late,
}

/// <summary>A FastAGI peer broke its promise. A retry never helps: the next call is a new connection.</summary>
internal sealed class AgiException(AgiFault fault, string message) : Exception(message)
{
    public AgiFault Fault { get; } = fault;
}
