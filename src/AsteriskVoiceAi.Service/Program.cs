using AsteriskVoiceAi.Service.CommandLine;

return await VoiceAiCommand.Create().Parse(args).InvokeAsync();
