using System.Globalization;
using AsteriskVoiceAi.FakeSpeech;

// A program that takes whisper-server's arguments and speaks its HTTP; see Behaviour for how it misbehaves.
var behaviour = Behaviour.Read(Argument("--model"));
var port = int.Parse(Argument("--port"), CultureInfo.InvariantCulture);
await new FakeWhisperServer(port, Argument("--request-path"), behaviour).RunAsync();

string Argument(string name) => args[Array.IndexOf(args, name) + 1];
