using System.Runtime.InteropServices;
using System.Text;
using AsteriskVoiceAi.Calls;
using Index = AsteriskVoiceAi.Engines.Onnx.OnnxRuntime.Index;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>One loaded model. <see cref="Run"/> may be called from many threads at once; it allocates nothing on the managed heap.</summary>
internal sealed unsafe class OnnxSession : SafeHandle
{
    internal const int AllOptimizations = 99;
    private const int NoOptimizations = 0;

    private readonly OnnxRuntime _runtime;

    /// <param name="threads">Per run. One by default: a second one makes small models slower, and calls run side by side anyway.</param>
    /// <param name="prepared">Where the model is kept as it was rewritten for this machine; null = nowhere.</param>
    /// <exception cref="SpeechEngineException">The file is missing or not a model.</exception>
    public OnnxSession(OnnxRuntime runtime, string path, int threads = 1, PreparedModels? prepared = null)
        : base(0, ownsHandle: true)
    {
        _runtime = runtime;
        if (!File.Exists(path))
            throw new SpeechEngineException($"model file {path} is missing; run scripts/get-models.sh, or set Speech:ModelsFolder");
        SetHandle(Open(runtime, Path.GetFullPath(path), threads, prepared));
        InputNames = Names(Index.SessionGetInputCount, Index.SessionGetInputName);
        OutputNames = Names(Index.SessionGetOutputCount, Index.SessionGetOutputName);
        Inputs = new(InputNames);
        Outputs = new(OutputNames);
    }

    public OnnxRuntime Runtime => _runtime;

    public IReadOnlyList<string> InputNames { get; }

    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>All inputs, and all outputs, in the model's order.</summary>
    public OnnxNames Inputs { get; }

    public OnnxNames Outputs { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">A value for each of <paramref name="inputNames"/>.</param>
    /// <param name="outputs">A value to fill for each name, or 0: then a new one is put there, which the caller releases.</param>
    public void Run(OnnxNames inputNames, ReadOnlySpan<nint> inputs, OnnxNames outputNames, Span<nint> outputs, OnnxRunOptions? options = null)
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            fixed (nint* from = inputs)
            fixed (nint* to = outputs)
            {
                var run = (delegate* unmanaged<nint, nint, nint, nint*, nuint, nint, nuint, nint*, nint>)_runtime[Index.Run];
                _runtime.Check(
                    run(handle, options?.Pointer ?? 0, inputNames.Pointer, from, (nuint)inputs.Length, outputNames.Pointer, (nuint)outputs.Length, to),
                    "run a model");
            }
            GC.KeepAlive(inputNames);
            GC.KeepAlive(outputNames);
        }
        finally
        {
            if (held)
                DangerousRelease();
        }
    }

    protected override bool ReleaseHandle()
    {
        Release(_runtime, handle);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        Inputs?.Dispose();
        Outputs?.Dispose();
    }

    private static void Release(OnnxRuntime runtime, nint session) => ((delegate* unmanaged<nint, void>)runtime[Index.ReleaseSession])(session);

    private static nint Open(OnnxRuntime runtime, string path, int threads, PreparedModels? prepared)
    {
        var file = prepared?.Find(runtime, path, target => Release(runtime, Create(runtime, path, threads, target)));
        if (file is not null)
        {
            try
            {
                return Create(runtime, file, threads, isPrepared: true);
            }
            catch (SpeechEngineException e)
            {
                prepared!.Discard(file, e.Message);
            }
        }
        return Create(runtime, path, threads);
    }

    /// <param name="target">Where to write the model as it was rewritten; null = nowhere.</param>
    /// <param name="isPrepared">Whether the file is such a one.</param>
    private static nint Create(OnnxRuntime runtime, string path, int threads, string? target = null, bool isPrepared = false)
    {
        nint options, session;
        runtime.Check(((delegate* unmanaged<nint*, nint>)runtime[Index.CreateSessionOptions])(&options), "make session options");
        try
        {
            Set(runtime, options, Index.SetGraphOptimizationLevel, isPrepared ? NoOptimizations : AllOptimizations);
            Set(runtime, options, Index.SetIntraOpThreads, threads);
            Set(runtime, options, Index.SetInterOpThreads, 1);
            // Threads that spin while they wait take processor time from the calls.
            Configure(runtime, options, "session.intra_op.allow_spinning\0"u8, "0\0"u8);
            // An arena stays on (the default): without it decoding is 3.5 times slower. The number of workers bounds its size.
            Configure(runtime, options, "session.use_env_allocators\0"u8, "1\0"u8);
            if (isPrepared)
                UseInPlace(runtime, options);
            if (target is not null)
                WriteTo(runtime, options, target);
            fixed (byte* file = Encoding.UTF8.GetBytes(path + '\0'))
            {
                var create = (delegate* unmanaged<nint, byte*, nint, nint*, nint>)runtime[Index.CreateSession];
                runtime.Check(create(runtime.Environment, file, options, &session), $"load {path}");
            }
            return session;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)runtime[Index.ReleaseSessionOptions])(options);
        }
    }

    /// <summary>The file is mapped into memory, and its weights are used there.</summary>
    private static void UseInPlace(OnnxRuntime runtime, nint options)
    {
        Configure(runtime, options, "session.load_model_format\0"u8, "ORT\0"u8);
        Configure(runtime, options, "session.use_memory_mapped_ort_model\0"u8, "1\0"u8);
        Configure(runtime, options, "session.use_ort_model_bytes_for_initializers\0"u8, "1\0"u8);
    }

    private static void WriteTo(OnnxRuntime runtime, nint options, string target)
    {
        Configure(runtime, options, "session.save_model_format\0"u8, "ORT\0"u8);
        fixed (byte* file = Encoding.UTF8.GetBytes(target + '\0'))
            runtime.Check(((delegate* unmanaged<nint, byte*, nint>)runtime[Index.SetOptimizedModelFilePath])(options, file), "set a session option");
    }

    private static void Set(OnnxRuntime runtime, nint options, int index, int value) =>
        runtime.Check(((delegate* unmanaged<nint, int, nint>)runtime[index])(options, value), "set a session option");

    private static void Configure(OnnxRuntime runtime, nint options, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        fixed (byte* keyText = key)
        fixed (byte* valueText = value)
            runtime.Check(((delegate* unmanaged<nint, byte*, byte*, nint>)runtime[Index.AddSessionConfigEntry])(options, keyText, valueText), "set a session option");
    }

    private string[] Names(int countIndex, int nameIndex)
    {
        nuint count;
        _runtime.Check(((delegate* unmanaged<nint, nuint*, nint>)_runtime[countIndex])(handle, &count), "count a model's values");
        var names = new string[(int)count];
        for (var i = 0; i < names.Length; i++)
        {
            nint name;
            _runtime.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)_runtime[nameIndex])(handle, (nuint)i, _runtime.Allocator, &name), "name a model's value");
            names[i] = Marshal.PtrToStringUTF8(name) ?? "";
            _runtime.Check(((delegate* unmanaged<nint, nint, nint>)_runtime[Index.AllocatorFree])(_runtime.Allocator, name), "free a name");
        }
        return names;
    }
}
