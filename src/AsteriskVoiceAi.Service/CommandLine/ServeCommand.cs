using System.Collections;
using System.CommandLine;
using AsteriskVoiceAi.Service.Configuration;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai serve</c>: takes calls until told to stop.</summary>
internal static class ServeCommand
{
    private const string DefaultFile = "voiceai.yaml";

    public static Command Create()
    {
        var serve = new Command("serve", "Take calls until told to stop (Ctrl-C or SIGTERM).");
        serve.SetAction(async (parsed, cancellationToken) =>
        {
            if (LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            try
            {
                await using var app = ServiceHost.Build(options, new ConfigurationFile(FileOf(parsed), Variables()));
                await app.RunAsync(cancellationToken);
                return ExitCodes.Ok;
            }
            catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                // Kestrel's message names the address.
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"{taken.Message} Stop the program that has it, or change the port in voiceai.yaml (fastagi.port, audiosocket.port, http.port).");
                return ExitCodes.PortTaken;
            }
            catch (OutOfMemoryException)
            {
                // A thread that the system refuses is this, too.
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    "The system gives the service no more memory or threads. Give it more: MemoryMax and TasksMax by systemctl edit asterisk-voiceai, elsewhere ulimit -v and -u or the container's limits.");
                return ExitCodes.Failed;
            }
        });
        return serve;
    }

    /// <summary>The configuration, or null when it has problems, which are then on the error output.</summary>
    public static VoiceAiOptions? LoadOrExplain(ParseResult parsed)
    {
        var loaded = new ConfigurationFile(FileOf(parsed), Variables()).Read();
        foreach (var problem in loaded.Problems)
            parsed.InvocationConfiguration.Error.WriteLine(problem);
        return loaded.IsValid ? loaded.Options : null;
    }

    private static string? FileOf(ParseResult parsed) => parsed.GetValue(VoiceAiCommand.Config) ?? (File.Exists(DefaultFile) ? DefaultFile : null);

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
