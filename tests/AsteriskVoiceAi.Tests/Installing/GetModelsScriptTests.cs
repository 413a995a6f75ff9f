using System.Security.Cryptography;
using AsteriskVoiceAi.TestSupport.Processes;

namespace AsteriskVoiceAi.Tests.Installing;

/// <summary>scripts/get-models.sh with a list and a mirror of its own.</summary>
[Platform("Linux"), Parallelizable(ParallelScope.All), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GetModelsScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-get-models-");

    private string Mirror => Directory.CreateDirectory(Path.Combine(_folder.FullName, "mirror")).FullName;

    private string Fetched => Path.Combine(_folder.FullName, "state", "models");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Recommended_model_that_can_not_be_had_stops_nothing()
    {
        await WriteAsync("ears", "default", publish: true);
        await WriteAsync("nose", "recommended", publish: false);
        await WriteAsync("taste", "recommended", publish: true);

        var (exitCode, lines) = await RunAsync();

        Assert.That(exitCode, Is.Zero, lines);
        Assert.That(File.Exists(Path.Combine(Fetched, "ears.onnx")) && File.Exists(Path.Combine(Fetched, "taste.onnx")), lines);
        Assert.That(lines, Does.Contain("Going on without nose").And.Contain("get-models.sh nose"));
    }

    [Test]
    public async Task Model_that_calls_need_or_that_was_asked_for_must_be_had()
    {
        await WriteAsync("ears", "default", publish: false);
        await WriteAsync("nose", "recommended", publish: false);

        var (needed, neededLines) = await RunAsync();
        var (named, namedLines) = await RunAsync("nose");

        Assert.That(needed, Is.Not.Zero);
        Assert.That(neededLines, Does.Contain("ears could not be fetched"));
        Assert.That(named, Is.Not.Zero);
        Assert.That(namedLines, Does.Contain("nose could not be fetched"));
    }

    [Test]
    public async Task Model_without_a_mark_comes_by_its_name_only()
    {
        await WriteAsync("ears", "default", publish: true);
        await WriteAsync("nose", "", publish: true);

        Assert.That((await RunAsync()).ExitCode, Is.Zero);
        Assert.That(Path.Combine(Fetched, "nose.onnx"), Does.Not.Exist);
        Assert.That((await RunAsync("nose")).ExitCode, Is.Zero);
        Assert.That(Path.Combine(Fetched, "nose.onnx"), Does.Exist);
    }

    /// <summary>A line of the list, and the file in the mirror or nowhere.</summary>
    private async Task WriteAsync(string name, string mark, bool publish)
    {
        var content = System.Text.Encoding.ASCII.GetBytes(name);
        if (publish)
            await File.WriteAllBytesAsync(Path.Combine(Mirror, name + ".onnx"), content);
        await File.AppendAllTextAsync(
            Path.Combine(_folder.FullName, "models.txt"),
            $"model {name}\n{mark}\nfor a test\nlicence none\nfile {name}.onnx {content.Length} sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}\n");
    }

    private async Task<(int ExitCode, string Lines)> RunAsync(params string[] names)
    {
        string[] settings =
        [
            "VOICEAI_STATE=" + Path.Combine(_folder.FullName, "state"), "VOICEAI_CACHE=" + Path.Combine(_folder.FullName, "cache"),
            "VOICEAI_MODEL_LIST=" + Path.Combine(_folder.FullName, "models.txt"), "VOICEAI_MODEL_MIRROR=" + Mirror,
        ];
        await using var script = ChildProcess.Start("get-models.sh", "/usr/bin/env", [.. settings, Repository.PathOf("scripts", "get-models.sh"), .. names]);
        var exitCode = await script.Exited.WaitAsync(TimeSpan.FromSeconds(60));
        return (exitCode, string.Join('\n', script.Lines));
    }
}
