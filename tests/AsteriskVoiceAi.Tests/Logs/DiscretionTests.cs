using AsteriskVoiceAi.Tests.Ari;
using AsteriskVoiceAi.Tests.Calls;
using Microsoft.Extensions.Logging;

namespace AsteriskVoiceAi.Tests.Logs;

/// <summary>What people say, and secrets, are not for the log: at Trace the words, never a password.</summary>
internal sealed class DiscretionTests
{
    [Test]
    public async Task Conversation_leaves_no_word_of_the_caller_in_the_log()
    {
        using var lines = new RecordingLogger();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
        await using (var call = new CallScript(logs: logs).Arrives())
        {
            await call.HearsAsync("Hello.");
            await call.SaysAsync("Zebra xylophone quartz.");
            await call.HearsAsync("Pardon one.");
            await call.SaysAsync("I have a question about my invoice.", confidence: 0.8);
            await call.HearsAsync("Billing it is.");
            await call.EndsAsync("done 602@billing");
        }

        var above = lines.Lines.Where(line => line.Level > LogLevel.Trace).Select(line => line.Text).ToList();
        Assert.That(above, Is.Not.Empty);
        Assert.That(above, Has.None.Contains("ebra").And.None.Contains("xylophone").And.None.Contains("question about").And.None.Contains("5551234"));
    }

    [Test]
    public async Task Password_of_Asterisk_is_never_logged()
    {
        await using var asterisk = await FakeAri.StartAsync();
        await using var service = await AriRig.ConnectAsync(asterisk, AriRig.WaitForHangUp);
        Assert.That(service.Log.Lines, Is.Not.Empty);
        Assert.That(service.Log.Lines.Select(line => line.Text), Has.None.Contains(FakeAri.Password));
    }
}
