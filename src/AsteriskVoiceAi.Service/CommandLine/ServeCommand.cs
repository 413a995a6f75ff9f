using System.CommandLine;

namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary><c>voiceai serve</c>: takes calls until told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var serve = new Command("serve", "Take calls until told to stop (Ctrl-C or SIGTERM).");
        serve.SetAction(async (parsed, cancellationToken) =>
        {
            if (LoadOrExplain(parsed) is not { } options)
                return ExitCodes.BadConfiguration;
            await using var app = ServiceHost.Build(options);
            try
            {
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
        });
        return serve;
    }

    /// <summary>The configuration, or null when it has problems, which are then on the error output.</summary>
    public static Configuration.VoiceAiOptions? LoadOrExplain(ParseResult parsed)
    {
        var loaded = Configuration.ConfigurationLoader.Load(parsed.GetValue(VoiceAiCommand.Config));
        foreach (var problem in loaded.Problems)
            parsed.InvocationConfiguration.Error.WriteLine(problem);
        return loaded.Problems.Count == 0 ? loaded.Options : null;
    }
}
