using System.Security.Cryptography;
using AsteriskVoiceAi.Calls;
using AsteriskVoiceAi.Calls.Intents;
using AsteriskVoiceAi.Engines.Onnx;

namespace AsteriskVoiceAi.Engines.SentenceEncoder;

/// <summary>
/// all-MiniLM-L6-v2: about 6 ms of one core a sentence, in the line that all models share. Takes the file that gives a vector for each
/// token, and the one that pools them itself (output <c>embedding</c>). Thread-safe.
/// </summary>
internal sealed class MiniLmEncoder : ISentenceEncoder, IDisposable
{
    public const int Size = 384;

    private const string Pooled = "embedding";
    private const string Types = "token_type_ids";

    private readonly OnnxSession _session;
    private readonly OnnxNames _inputs;
    private readonly OnnxNames _outputs;
    private readonly WordPieces _pieces;
    private readonly EngineWorkers _workers;
    private readonly bool _isPooled;
    private bool _disposed;

    /// <param name="folder">Holds <c>model.onnx</c> and <c>vocab.txt</c>.</param>
    /// <exception cref="SpeechEngineException">A file is missing or not what it should be.</exception>
    public MiniLmEncoder(OnnxRuntime runtime, string folder, EngineWorkers workers, PreparedModels? prepared = null)
    {
        var model = Path.Combine(folder, "model.onnx");
        _pieces = WordPieces.Load(Path.Combine(folder, "vocab.txt"));
        _session = new(runtime, model, prepared: prepared);
        _workers = workers;
        _isPooled = _session.OutputNames.Contains(Pooled);
        string[] inputs = _session.InputNames.Contains(Types) ? ["input_ids", "attention_mask", Types] : ["input_ids", "attention_mask"];
        _inputs = new(inputs);
        _outputs = new([_isPooled ? Pooled : "last_hidden_state"]);
        using var file = File.OpenRead(model);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public string Name => "minilm";

    public string Fingerprint { get; }

    public bool Understands(string language) => LanguageTag.Primary(language) == "en";

    public async ValueTask<float[]> EncodeAsync(string text, CancellationToken cancellationToken) =>
        await _workers.RunAsync(token => Encode(text, token), cancellationToken);

    /// <summary>Owned by the engines and by the container that hands it out, so it may be asked twice.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _inputs.Dispose();
        _outputs.Dispose();
        _session.Dispose();
    }

    private float[] Encode(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ids = _pieces.Encode(text);
        using var tokens = new OnnxTensor<long>(_session.Runtime, 1, ids.Length);
        using var mask = new OnnxTensor<long>(_session.Runtime, 1, ids.Length);
        using var types = new OnnxTensor<long>(_session.Runtime, 1, ids.Length);
        ids.CopyTo(tokens.Values);
        mask.Values.Fill(1);
        ReadOnlySpan<nint> inputs = [tokens.Pointer, mask.Pointer, types.Pointer];
        Span<nint> outputs = [0];
        _session.Run(_inputs, inputs[.._inputs.Count], _outputs, outputs);
        try
        {
            var rows = _isPooled ? 1 : ids.Length;
            return Pool(_session.Runtime.Floats(outputs[0], rows * Size), rows);
        }
        finally
        {
            _session.Runtime.ReleaseValue(outputs[0]);
        }
    }

    /// <summary>Mean over all tokens, the marks too, as it was trained; then length 1.</summary>
    private static float[] Pool(ReadOnlySpan<float> tokens, int rows)
    {
        var vector = new float[Size];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < Size; i++)
                vector[i] += tokens[(row * Size) + i];
        }
        var squares = 0.0;
        foreach (var value in vector)
            squares += value * value;
        var scale = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        for (var i = 0; i < Size; i++)
            vector[i] *= scale;
        return vector;
    }
}
