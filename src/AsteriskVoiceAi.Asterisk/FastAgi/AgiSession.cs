using System.IO.Pipelines;
using System.Text;
using AsteriskVoiceAi.Asterisk.AudioSocket;

namespace AsteriskVoiceAi.Asterisk.FastAgi;

/// <summary>Commands and replies after the opening block. One reader and one writer at a time; replies come in the order of the commands.</summary>
internal sealed class AgiSession(AgiLineReader lines, PipeWriter output, ConnectionDeadlines.Deadline deadline, TimeSpan idleDeadline)
{
    /// <summary>Lines that belong to no reply, such as the rest of a value with line feeds in it, before the peer counts as broken.</summary>
    private const int MaxStrayLines = 100;

    /// <summary>The longest usage text of Asterisk 22 has 40 lines.</summary>
    private const int MaxUsageLines = 300;

    /// <summary>Asterisk said that the channel hung up; the session goes on, for variables only.</summary>
    public bool HungUp { get; private set; }

    /// <summary>A reply that says "dead channel" was read.</summary>
    public bool DeadChannel { get; private set; }

    /// <summary>Sends a command; it gets a reply.</summary>
    public async ValueTask SendAsync(AgiCommand command)
    {
        Write(command.Line);
        await FlushAsync();
    }

    /// <summary>Runs commands and reads their replies, one after the other.</summary>
    /// <remarks>
    /// Never several at once: Asterisk takes one line each time the socket has something new, so lines that came in one packet
    /// lie unread until the next packet. A round trip on loopback takes 0.1 ms.
    /// </remarks>
    public async ValueTask<IReadOnlyList<AgiReply>> RunAsync(params IReadOnlyList<AgiCommand> commands)
    {
        var replies = new AgiReply[commands.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            await SendAsync(commands[i]);
            replies[i] = await ReadReplyAsync();
        }
        return replies;
    }

    /// <summary>Makes Asterisk end the application with <c>AGISTATUS=FAILURE</c>.</summary>
    public async ValueTask FailAsync(string why)
    {
        Write($"failure {why}");
        await FlushAsync();
    }

    /// <summary>From here on the idle deadline holds again, for a reply that is being waited for without one.</summary>
    public void ExpectReplySoon() => deadline.Set(idleDeadline);

    /// <param name="soon">False = the command may run as long as the call.</param>
    /// <exception cref="AgiException">The connection is lost or idle for too long, or what came is no FastAGI.</exception>
    public async ValueTask<AgiReply> ReadReplyAsync(bool soon = true)
    {
        if (soon)
            deadline.Set(idleDeadline);
        else
            deadline.Clear();
        try
        {
            for (var stray = 0; stray < MaxStrayLines;)
            {
                var line = await ReadLineAsync();
                if (line == "HANGUP")
                    HungUp = true;
                else if (AgiReply.Parse(line) is not { } reply)
                    stray++;
                else if (reply.Code >= 200)
                    return await FinishAsync(reply);
                // 1xx is a promise: the reply comes later.
                if (soon)
                    deadline.Set(idleDeadline);
            }
            throw new AgiException(AgiFault.Garbage, $"{MaxStrayLines} lines came in place of a reply");
        }
        finally
        {
            deadline.Clear();
        }
    }

    private async ValueTask<AgiReply> FinishAsync(AgiReply reply)
    {
        DeadChannel |= reply.DeadChannel;
        if (reply.Text[3] != '-')
            return reply;
        // "520-" opens a usage text that runs to a line with "520 ".
        var end = reply.Text[..3] + " ";
        for (var i = 0; i < MaxUsageLines; i++)
        {
            var line = await ReadLineAsync();
            if (line.StartsWith(end, StringComparison.Ordinal))
                return reply;
            if (line == "HANGUP")
                HungUp = true;
        }
        throw new AgiException(AgiFault.Garbage, $"a usage text of more than {MaxUsageLines} lines came");
    }

    private async ValueTask<string> ReadLineAsync()
    {
        try
        {
            return await lines.ReadAsync() ?? throw new AgiException(AgiFault.Lost, "Asterisk closed the session");
        }
        catch (AgiException lost) when (lost.Fault == AgiFault.Lost && deadline.Expired)
        {
            throw new AgiException(AgiFault.Late, $"no reply came within {idleDeadline.TotalSeconds:0} s");
        }
    }

    private void Write(string line)
    {
        var target = output.GetSpan(Encoding.UTF8.GetMaxByteCount(line.Length) + 1);
        var n = Encoding.UTF8.GetBytes(line, target);
        target[n] = (byte)'\n';
        output.Advance(n + 1);
    }

    private async ValueTask FlushAsync()
    {
        deadline.Set(idleDeadline);
        try
        {
            await output.FlushAsync();
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            throw new AgiException(deadline.Expired ? AgiFault.Late : AgiFault.Lost, "the connection broke while sending");
        }
    }
}
