using System.Globalization;
using AsteriskVoiceAi.FakeSpeech;

// A program that takes the arguments of whisper-server or of the C++ piper, and speaks its protocol; see Behaviour for how it misbehaves.
if (FakePiper.IsMeant(args))
    return FakePiper.Run(args);
var behaviour = Behaviour.Read(Argument("--model"));
var port = int.Parse(Argument("--port"), CultureInfo.InvariantCulture);
await new FakeWhisperServer(port, Argument("--request-path"), behaviour).RunAsync();
return 0;

string Argument(string name) => args[Array.IndexOf(args, name) + 1];
