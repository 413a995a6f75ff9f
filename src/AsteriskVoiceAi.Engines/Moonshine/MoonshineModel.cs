using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Encoder and merged decoder of one size, loaded once and shared by all recognitions.</summary>
internal sealed class MoonshineModel : IDisposable
{
    private const string Past = "past_key_values.";
    private const string Present = "present.";

    public MoonshineModel(OnnxRuntime runtime, string folder, TokenTable tokens)
    {
        Tokens = tokens;
        Encoder = new(runtime, Path.Combine(folder, "encoder_model.onnx"));
        Decoder = new(runtime, Path.Combine(folder, "decoder_model_merged.onnx"));
        var inputs = Decoder.InputNames.ToList();
        var caches = inputs.Where(name => name.StartsWith(Past, StringComparison.Ordinal)).Select(name => name[Past.Length..]).ToArray();
        InputIds = inputs.IndexOf("input_ids");
        EncoderStates = inputs.IndexOf("encoder_hidden_states");
        UseCache = inputs.IndexOf("use_cache_branch");
        CacheInputs = [.. caches.Select(name => inputs.IndexOf(Past + name))];
        // A sentence's own keys and values grow with every token; those of the encoder are made in the first step and stay.
        Grows = [.. caches.Select(name => name.Contains(".decoder.", StringComparison.Ordinal))];
        FirstOutputs = new(["logits", .. caches.Select(name => Present + name)]);
        LaterOutputs = new(["logits", .. caches.Where((_, i) => Grows[i]).Select(name => Present + name)]);
    }

    public TokenTable Tokens { get; }

    public OnnxSession Encoder { get; }

    public OnnxSession Decoder { get; }

    /// <summary>Position of each decoder input.</summary>
    public int InputIds { get; }

    public int EncoderStates { get; }

    public int UseCache { get; }

    public int[] CacheInputs { get; }

    /// <summary>For each cache: whether it changes after the first step.</summary>
    public bool[] Grows { get; }

    /// <summary>Logits and all caches.</summary>
    public OnnxNames FirstOutputs { get; }

    /// <summary>Logits and the caches that grow.</summary>
    public OnnxNames LaterOutputs { get; }

    public void Dispose()
    {
        FirstOutputs.Dispose();
        LaterOutputs.Dispose();
        Encoder.Dispose();
        Decoder.Dispose();
    }
}
