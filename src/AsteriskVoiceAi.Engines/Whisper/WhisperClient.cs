using System.Globalization;
using System.Net.Http.Headers;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Engines.Remote;

namespace AsteriskVoiceAi.Engines.Whisper;

/// <summary>Speaks to one server over HTTP. Thread-safe.</summary>
/// <param name="url">The transcription address.</param>
/// <param name="key">For the Authorization header; null = none.</param>
internal sealed class WhisperClient(HttpClient http, Uri url, string model = "", string? key = null)
{
    /// <summary>256 KiB: thirty seconds of speech with every token take 20.</summary>
    public const int MostAnswer = 256 * 1024;

    private readonly bool _isOpenAi = url.AbsolutePath.EndsWith("/audio/transcriptions", StringComparison.Ordinal);

    private readonly EngineServer _server = new(http, url, key, "speech.whisper.key-file", MostAnswer);

    /// <exception cref="SpeechEngineException">It can't be reached, refuses, or answers something else than a transcription.</exception>
    public async Task<WhisperReply> TranscribeAsync(WhisperQuestion question, CancellationToken cancellationToken)
    {
        using var form = Form(question);
        return WhisperReply.Parse(await _server.AskAsync(form, cancellationToken));
    }

    private MultipartFormDataContent Form(WhisperQuestion question)
    {
        var file = new ByteArrayContent(question.Wave);
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        var form = new MultipartFormDataContent { { file, "file", "speech.wav" } };
        Add("response_format", "verbose_json");
        Add("language", question.Language);
        Add("temperature", "0");
        if (question.Prompt.Length > 0)
            Add("prompt", question.Prompt);
        if (_isOpenAi)
        {
            Add("model", model);
            return form;
        }
        // No second try at a higher temperature: it takes as long again, and the ladder has better ones.
        Add("temperature_inc", "0");
        Add("audio_ctx", question.AudioContext.ToString(CultureInfo.InvariantCulture));
        // Otherwise the encoder runs a second time, to guess the language.
        Add("no_language_probabilities", "true");
        return form;

        void Add(string name, string value) => form.Add(new StringContent(value), name);
    }
}
