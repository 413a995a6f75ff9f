using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Encoder and merged decoder of one size, loaded once and shared by all recognitions.</summary>
internal sealed class MoonshineModel : IDisposable
{
    private const string Past = "past_key_values.";
    private const string Present = "present.";

    public MoonshineModel(OnnxRuntime runtime, string folder, TokenTable tokens, PreparedModels? prepared = null)
    {
        Tokens = tokens;
        Encoder = new(runtime, Path.Combine(folder, "encoder_model.onnx"), prepared: prepared);
        Decoder = new(runtime, Path.Combine(folder, "decoder_model_merged.onnx"), prepared: prepared);
        var inputs = Decoder.InputNames.ToList();
        var caches = inputs.Where(name => name.StartsWith(Past, StringComparison.Ordinal)).Select(name => name[Past.Length..]).ToArray();
        // A sentence's own keys and values grow with every token; those of the encoder are made in the first step and stay.
        string[] growing = [.. caches.Where(name => name.Contains(".decoder.", StringComparison.Ordinal))];
        string[] staying = [.. caches.Except(growing)];
        InputIds = inputs.IndexOf("input_ids");
        EncoderStates = inputs.IndexOf("encoder_hidden_states");
        UseCache = inputs.IndexOf("use_cache_branch");
        GrowingInputs = [.. growing.Select(name => inputs.IndexOf(Past + name))];
        EncoderInputs = [.. staying.Select(name => inputs.IndexOf(Past + name))];
        FirstOutputs = new(["logits", .. growing.Concat(staying).Select(name => Present + name)]);
        LaterOutputs = new(["logits", .. growing.Select(name => Present + name)]);
    }

    public TokenTable Tokens { get; }

    public OnnxSession Encoder { get; }

    public OnnxSession Decoder { get; }

    /// <summary>Position of each decoder input.</summary>
    public int InputIds { get; }

    public int EncoderStates { get; }

    public int UseCache { get; }

    /// <summary>Caches that grow with every token.</summary>
    public int[] GrowingInputs { get; }

    /// <summary>Caches that the first step makes from the encoder's states.</summary>
    public int[] EncoderInputs { get; }

    public int GrowingCaches => GrowingInputs.Length;

    /// <summary>Logits, growing caches, encoder's caches.</summary>
    public OnnxNames FirstOutputs { get; }

    /// <summary>Logits and growing caches.</summary>
    public OnnxNames LaterOutputs { get; }

    public void Dispose()
    {
        FirstOutputs.Dispose();
        LaterOutputs.Dispose();
        Encoder.Dispose();
        Decoder.Dispose();
    }
}
