using System.CommandLine;
using AsteriskVoiceAi.Service.CommandLine;

// Of each size the runtime's pool of buffers keeps 32 for a core. A hundred callers on AudioSocket have two each in hand: beyond that
// every frame would be an allocation of 4 kB. The pool reads this once, when it is first used.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "256");

// The host handles the signals itself: the command line's own handler would end the process after 2 s, in the middle of calls.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await VoiceAiCommand.Create().Parse(args).InvokeAsync(invocation);
