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

    [Test]
    public Task Line_of_the_callers_phone_is_in_the_record() => Task.WhenAll(LineIsInTheRecordAsync("804"), LineIsInTheRecordAsync("805"));

    private async Task LineIsInTheRecordAsync(string extension)
    {
        var earlier = Lab.Live.Seen.Select(seen => seen.CallId).ToHashSet();
        await using var call = await Lab.CallAsync(extension, new() { Impairment = new() { Loss = 0.1, Jitter = TimeSpan.FromMilliseconds(30) } });
        var id = (await Lab.Live.WaitForAsync<CallEvent.Started>(started => started.DialedNumber == extension && !earlier.Contains(started.CallId))).CallId;
        // The caller says nothing. After 11 s Asterisk has made two RTCP reports, one each 5 s, and was asked after one of them at least.
        await Lab.Live.WaitForAsync<CallEvent.Said>(said => said.CallId == id && said.At > TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(40));
        await call.Caller.HangUpAsync();
        await Lab.Live.WaitForAsync<CallEvent.Ended>(ended => ended.CallId == id, TimeSpan.FromSeconds(30));

        var record = JsonDocument.Parse(await Lab.Service.CommandAsync("calls", "show", id, "--json")).RootElement.GetProperty("call");
        TestContext.Out.WriteLine(record);
        var (received, lost) = (record.GetProperty("phoneReceived").GetInt64(), record.GetProperty("phoneLost").GetInt64());
        Assert.Multiple(() =>
        {
            Assert.That(received, Is.GreaterThan(150));
            Assert.That((double)lost / (received + lost), Is.EqualTo(0.1).Within(0.07));
            Assert.That(record.GetProperty("phoneJitterMs").GetDouble(), Is.InRange(1, 60));
            Assert.That(record.GetProperty("phoneSent").GetInt64(), Is.GreaterThan(100));
            Assert.That(record.GetProperty("phoneMos").GetDouble(), Is.InRange(1.5, 4.1));
        });
    }
}
