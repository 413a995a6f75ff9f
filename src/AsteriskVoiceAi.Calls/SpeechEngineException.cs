namespace AsteriskVoiceAi.Calls;

/// <summary>A speech engine broke its promise. The message says which engine, what it was doing and what an operator can change.</summary>
public sealed class SpeechEngineException(string message, Exception? inner = null) : Exception(message, inner);
