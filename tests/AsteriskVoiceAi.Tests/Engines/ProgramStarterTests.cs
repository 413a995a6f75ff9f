using AsteriskVoiceAi.Engines.Programs;

namespace AsteriskVoiceAi.Tests.Engines;

public sealed class ProgramStarterTests
{
    [Test]
    public async Task Program_gets_no_signal_that_a_terminal_sends_to_the_service()
    {
        using var program = await ProgramStarter.StartAsync("/bin/sh", ["-c", "cat /proc/$$/stat; cat"]);
        var line = await program.StandardOutput.ReadLineAsync();
        program.StandardInput.Close();
        await program.WaitForExitAsync();

        // pid (name) state ppid pgrp session …
        var session = line!.Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        Assert.That(session, Is.EqualTo(program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
