using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.LanguageModel;

/// <summary>A language model that is asked about utterances which the flow's own router refuses.</summary>
public sealed class LanguageModelOptions
{
    [Description("An OpenAI-compatible chat URL (it ends in /chat/completions), such as http://127.0.0.1:11434/v1/chat/completions. Default none = off. What callers say leaves this machine for it. Whatever it takes a wish for is only asked about: \"Did you want …?\". Where a flow has knowledge, it may answer questions from that; its words are said and do nothing.")]
    [Reloaded]
    public Uri? Url { get; set; }

    [Description("The model that the server is asked for.")]
    [Required]
    [Reloaded]
    public string Model { get; set; } = "default";

    [Description("A file whose first line is the key for that server. Default none. It is read at start and never logged.")]
    public string? KeyFile { get; set; }

    [Description("Longest wait for its answer, from the text on. Default 1s: it is asked while the caller is still silent, so about half of that is noticed.")]
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05")]
    [Reloaded]
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(1);
}
