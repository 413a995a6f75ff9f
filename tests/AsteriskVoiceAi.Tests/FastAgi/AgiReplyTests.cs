using AsteriskVoiceAi.Asterisk.FastAgi;

namespace AsteriskVoiceAi.Tests.FastAgi;

public class AgiReplyTests
{
    [TestCase("200 result=0", 200, "0", null, null)]
    [TestCase("200 result=1 (value)", 200, "1", "value", null)]
    [TestCase("200 result=1 (a (b) c)", 200, "1", "a (b) c", null)]
    [TestCase("200 result=1 ()", 200, "1", "", null)]
    [TestCase("200 result=-1 endpos=8000", 200, "-1", null, 8000)]
    [TestCase("200 result=42 endpos=7840", 200, "42", null, 7840)]
    [TestCase("200 result=0 (timeout) endpos=16000", 200, "0", "timeout", 16000)]
    [TestCase("200 result=0 (dtmf) endpos=16000", 200, "0", "dtmf", 16000)]
    [TestCase("200 result= (timeout)", 200, "", "timeout", null)]
    [TestCase("200 result=1 (first line of more", 200, "1", "first line of more", null)]
    [TestCase("100 result=0 Trying...", 100, "0", null, null)]
    [TestCase("510 Invalid or unknown command", 510, "", null, null)]
    [TestCase("511 Command Not Permitted on a dead channel or intercept routine", 511, "", null, null)]
    [TestCase("520 Invalid command syntax.  Proper usage not available.", 520, "", null, null)]
    [TestCase("520-Invalid command syntax.  Proper usage follows:", 520, "", null, null)]
    public void Reply_is_read(string line, int code, string result, string? value, int? endPosition) =>
        Assert.That(AgiReply.Parse(line), Is.EqualTo(new AgiReply(code, result, value, endPosition, line)));

    [TestCase("")]
    [TestCase("HANGUP")]
    [TestCase("200")]
    [TestCase("20x result=0")]
    [TestCase("rest of a value)")]
    [TestCase("+20 result=0")]
    public void Other_lines_are_no_replies(string line) => Assert.That(AgiReply.Parse(line), Is.Null);
}
