using System.CommandLine;
using AsteriskVoiceAi.Service.CommandLine;

// The host handles the signals itself: the command line's own handler would end the process after 2 s, in the middle of calls.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await VoiceAiCommand.Create().Parse(args).InvokeAsync(invocation);
