using System.Text.Json;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.CallTests.Support;

namespace AsteriskVoiceAi.CallTests.Records;

/// <summary>A real call's record, read back as an operator does, for each way in.</summary>
public sealed class CallRecordTests : SharedLab
{
    [TestCase("804", "audiosocket", "slin")]
    [TestCase("805", "websocket", "ulaw")]
    public async Task Call_is_read_back_with_its_words_its_line_and_its_linked_id(string extension, string transport, string codec)
    {
        var earlier = Lab.Live.Seen.Select(seen => seen.CallId).ToHashSet();
        await using var call = await Lab.CallAsync(extension);
        var id = (await Lab.Live.WaitForAsync<CallEvent.Started>(started => !earlier.Contains(started.CallId))).CallId;
        await call.WaitForSoundAsync();
        await call.WaitForQuietAsync(TimeSpan.FromMilliseconds(900));
        await call.SayAsync("I want to pay my bill.");
        await Lab.Live.WaitForAsync<CallEvent.Ended>(ended => ended.CallId == id, TimeSpan.FromSeconds(30));
        await call.Caller.HangUpAsync();

        // The writer is a moment behind the call; asking takes longer than that.
        var record = JsonDocument.Parse(await Lab.Service.CommandAsync("calls", "show", id, "--json")).RootElement;
        var (told, turns) = (record.GetProperty("call"), record.GetProperty("turns").EnumerateArray().ToArray());
        TestContext.Out.WriteLine(record);
        Assert.Multiple(() =>
        {
            Assert.That(told.GetProperty("next").GetString(), Is.EqualTo("602@billing"));
            Assert.That(told.GetProperty("intent").GetString(), Is.EqualTo("billing"));
            Assert.That(told.GetProperty("linkedId").GetString(), Does.Match(@"^[\w-]+\.\d+$"));
            Assert.That((told.GetProperty("transport").GetString(), told.GetProperty("codec").GetString()), Is.EqualTo((transport, codec)));
            Assert.That(told.GetProperty("flowVersion").GetString(), Does.Match("^[0-9a-f]{12}$"));
            Assert.That(told.GetProperty("framesReceived").GetInt64(), Is.GreaterThan(100));
            Assert.That(told.GetProperty("mos").GetDouble(), Is.GreaterThan(3.5));
            // A machine that is busy may let the caller be late, and then there is a silence and a prompt more.
            var (heard, reply) = (turns[^2], turns[^1]);
            Assert.That(turns[0].GetProperty("text").GetString(), Does.Contain("How can I help"));
            Assert.That(heard.GetProperty("text").GetString(), Does.Contain("bill").IgnoreCase);
            Assert.That(heard.GetProperty("recognitionMs").GetInt32(), Is.Positive);
            Assert.That(reply.GetProperty("replyMs").GetInt32(), Is.InRange(1, 10_000));
        });
    }
}
