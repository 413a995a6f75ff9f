namespace AsteriskVoiceAi.Service.CommandLine;

/// <summary>What the command line returns to the shell.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int BadConfiguration = 2;
    public const int PortTaken = 3;
}
