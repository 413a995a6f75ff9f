using System.Runtime.InteropServices;
using System.Text;
using AsteriskVoiceAi.Calls;
using Index = AsteriskVoiceAi.Engines.Onnx.OnnxRuntime.Index;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>One loaded model. <see cref="Run"/> may be called from many threads at once; it allocates nothing on the managed heap.</summary>
internal sealed unsafe class OnnxSession : SafeHandle
{
    private const int AllOptimizations = 99;

    private readonly OnnxRuntime _runtime;

    /// <param name="threads">Per run. One by default: a second one makes small models slower, and calls run side by side anyway.</param>
    /// <exception cref="SpeechEngineException">The file is missing or not a model.</exception>
    public OnnxSession(OnnxRuntime runtime, string path, int threads = 1)
        : base(0, ownsHandle: true)
    {
        _runtime = runtime;
        if (!File.Exists(path))
            throw new SpeechEngineException($"model file {path} is missing; run scripts/get-models.sh, or set Speech:ModelsFolder");
        SetHandle(Create(runtime, Path.GetFullPath(path), threads));
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
        ((delegate* unmanaged<nint, void>)_runtime[Index.ReleaseSession])(handle);
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

    private static nint Create(OnnxRuntime runtime, string path, int threads)
    {
        nint options, session;
        runtime.Check(((delegate* unmanaged<nint*, nint>)runtime[Index.CreateSessionOptions])(&options), "make session options");
        try
        {
            Set(runtime, options, Index.SetGraphOptimizationLevel, AllOptimizations);
            Set(runtime, options, Index.SetIntraOpThreads, threads);
            Set(runtime, options, Index.SetInterOpThreads, 1);
            // Threads that spin while they wait take processor time from the calls.
            Configure(runtime, options, "session.intra_op.allow_spinning\0"u8, "0\0"u8);
            // An arena stays on (the default): without it decoding is 3.5 times slower. The number of workers bounds its size.
            Configure(runtime, options, "session.use_env_allocators\0"u8, "1\0"u8);
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
