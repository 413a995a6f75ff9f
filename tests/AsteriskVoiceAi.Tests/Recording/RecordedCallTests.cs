using System.Buffers.Binary;
using System.Text.RegularExpressions;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Routing;
using AsteriskVoiceAi.Tests.Calls;

namespace AsteriskVoiceAi.Tests.Recording;

/// <summary>Calls of a flow that says record: yes.</summary>
[TestFixture]
public sealed class RecordedCallTests
{
    private static readonly string Recorded = Calls.Flows.Desk.Replace("greeting: Hello.", "record: yes\ngreeting: Hello.", StringComparison.Ordinal);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-recordings-");

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public async Task Call_is_recorded_with_the_caller_left_and_the_service_right()
    {
        string path;
        await using (var call = new CallScript(flow: Recorded, recordings: _folder.FullName).Arrives())
        {
            await call.HearsAsync("Hello.");
            await call.SaysAsync("Billing.");
            await call.HearsAsync("Billing it is.");
            path = (await call.EndsAsync("done 602@billing")).Recording;
            await call.Recorder.DisposeAsync();

            Assert.That(call.Leg.Noted[CallVariables.Recording], Is.EqualTo(path));
            var told = call.Events.OfType<CallEvent.Recorded>().Single();
            var (left, right, rate) = Read(path);
            Assert.Multiple(() =>
            {
                Assert.That(path, Does.Match(Regex.Escape(_folder.FullName) + @"/\d{4}-\d\d-\d\d/c1\.wav$"));
                Assert.That(told.Path, Is.EqualTo(path));
                Assert.That(told.Length.TotalSeconds, Is.EqualTo(left.Length / (double)rate).Within(0.001));
                Assert.That(call.Voice.Read(right), Is.EqualTo("Hello. Billing it is."));
                Assert.That(left.Count(sample => Math.Abs((int)sample) > 1000), Is.GreaterThan(rate / 2), "the caller's words");
                Assert.That(new FileInfo(path).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            });
        }
    }

    [Test]
    public async Task Call_whose_recording_cannot_be_written_goes_on()
    {
        // A file where the folder should be.
        var file = Path.Combine(_folder.FullName, "taken");
        await File.WriteAllTextAsync(file, "");
        await using var call = new CallScript(flow: Recorded, recordings: file).Arrives();

        await call.HearsAsync("Hello.");
        await call.SaysAsync("Billing.");
        await call.HearsAsync("Billing it is.");

        Assert.That((await call.EndsAsync("done 602@billing")).Recording, Is.Empty);
        Assert.That(call.Leg.Noted.ContainsKey(CallVariables.Recording), Is.False);
    }

    [Test]
    public async Task Call_of_a_flow_that_does_not_ask_is_not_recorded()
    {
        var folder = Path.Combine(_folder.FullName, "none");
        await using var call = new CallScript(recordings: folder).Arrives();
        await call.HearsAsync("Hello.");
        call.HangsUp();

        Assert.That((await call.EndsAsync("hangup caller-hung-up dialplan")).Recording, Is.Empty);
        Assert.That(Directory.Exists(folder), Is.False);
    }

    private static (short[] Left, short[] Right, int Rate) Read(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.That(BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(22)), Is.EqualTo(2), "channels");
        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)), Is.EqualTo(file.Length - 44), "data length");
        var pairs = (file.Length - 44) / 4;
        var (left, right) = (new short[pairs], new short[pairs]);
        for (var i = 0; i < pairs; i++)
            (left[i], right[i]) = (BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(44 + (4 * i))), BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(46 + (4 * i))));
        return (left, right, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)));
    }
}
