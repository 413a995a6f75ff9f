using AsteriskVoiceAi.Service.CommandLine;

namespace AsteriskVoiceAi.Tests.CommandLine;

/// <summary>One run of the command line in a folder of its own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-command-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file; its path.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public Task<int> InvokeAsync(params string[] args) =>
        VoiceAiCommand.Create().Parse(args).InvokeAsync(new() { Output = _output, Error = _error });

    public void Dispose() => _folder.Delete(recursive: true);
}
