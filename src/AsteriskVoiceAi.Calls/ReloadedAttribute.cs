namespace AsteriskVoiceAi.Calls;

/// <summary>
/// The setting may change while the service runs: whoever uses it reads it from its options object each time. Without this a change
/// waits for a restart.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReloadedAttribute : Attribute;
