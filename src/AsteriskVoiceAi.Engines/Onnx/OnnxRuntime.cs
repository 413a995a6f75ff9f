using System.Runtime.InteropServices;
using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>
/// The ONNX Runtime C API: a table of function pointers that only ever grows, so version 17 of it is served by every later library.
/// One per process and library; loaded by absolute path, never from the search path. Thread-safe.
/// </summary>
internal sealed unsafe class OnnxRuntime
{
    private const uint ApiVersion = 17;
    /// <summary>What the runtime prints by itself; its errors come to us as a status, and a run that was ended is none.</summary>
    private const int FatalLevel = 4;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, OnnxRuntime> Loaded = [];

    private readonly nint* _api;

    private OnnxRuntime(nint* api, string version)
    {
        _api = api;
        Version = version;
        nint created;
        fixed (byte* name = "voiceai\0"u8)
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_api[Index.CreateEnv])(FatalLevel, name, &created), "create its environment");
        Environment = created;
        Check(((delegate* unmanaged<int, int, nint*, nint>)_api[Index.CreateCpuMemoryInfo])(ArenaAllocator, DefaultMemory, &created), "describe memory");
        CpuMemory = created;
        Check(((delegate* unmanaged<nint*, nint>)_api[Index.GetAllocatorWithDefaultOptions])(&created), "get its allocator");
        Allocator = created;
        ShareArena();
    }

    public string Version { get; }

    internal nint Environment { get; }

    internal nint CpuMemory { get; }

    internal nint Allocator { get; }

    /// <exception cref="SpeechEngineException">The library is missing, can't be loaded here, or is too old.</exception>
    public static OnnxRuntime Load(string path)
    {
        path = Path.GetFullPath(path);
        lock (Gate)
        {
            if (!Loaded.TryGetValue(path, out var runtime))
                Loaded[path] = runtime = Open(path);
            return runtime;
        }
    }

    /// <summary>One entry of the function table.</summary>
    internal nint this[int index] => _api[index];

    /// <summary>Turns a status into an exception with the runtime's own words.</summary>
    internal void Check(nint status, string attempt)
    {
        if (status == 0)
            return;
        var message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)_api[Index.GetErrorMessage])(status));
        ((delegate* unmanaged<nint, void>)_api[Index.ReleaseStatus])(status);
        throw new SpeechEngineException($"ONNX Runtime {Version} could not {attempt}: {message}");
    }

    internal void ReleaseValue(nint value)
    {
        if (value != 0)
            ((delegate* unmanaged<nint, void>)_api[Index.ReleaseValue])(value);
    }

    /// <summary>The numbers of a tensor that a run returned; valid until its value is released.</summary>
    internal Span<float> Floats(nint value, int count)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)_api[Index.GetTensorMutableData])(value, &data), "read a result");
        return new(data, count);
    }

    internal long[] Shape(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)_api[Index.GetTensorTypeAndShape])(value, &info), "read a shape");
        try
        {
            nuint count;
            Check(((delegate* unmanaged<nint, nuint*, nint>)_api[Index.GetDimensionsCount])(info, &count), "count dimensions");
            var shape = new long[(int)count];
            fixed (long* to = shape)
                Check(((delegate* unmanaged<nint, long*, nuint, nint>)_api[Index.GetDimensions])(info, to, count), "read dimensions");
            return shape;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)_api[Index.ReleaseTensorTypeAndShapeInfo])(info);
        }
    }

    /// <summary>
    /// One arena for all sessions that ask for it (<c>session.use_env_allocators</c>), since no more of them run at once than there are workers; each with
    /// its own keeps what its longest run took. It grows by what is asked for, where doubling leaves up to half of it unused.
    /// </summary>
    private void ShareArena()
    {
        nint settings;
        using var keys = new OnnxNames(["arena_extend_strategy"]);
        nuint sameAsRequested = 1;
        Check(((delegate* unmanaged<nint, nuint*, nuint, nint*, nint>)_api[Index.CreateArenaConfig])(keys.Pointer, &sameAsRequested, 1, &settings), "configure its arena");
        Check(((delegate* unmanaged<nint, nint, nint, nint>)_api[Index.CreateAndRegisterAllocator])(Environment, CpuMemory, settings), "make its arena");
        ((delegate* unmanaged<nint, void>)_api[Index.ReleaseArenaConfig])(settings);
    }

    private static OnnxRuntime Open(string path)
    {
        if (!File.Exists(path))
            throw new SpeechEngineException($"ONNX Runtime is not at {path}; run scripts/get-models.sh, or set Speech:OnnxRuntime");
        try
        {
            var library = NativeLibrary.Load(path);
            // OrtApiBase: { GetApi(version), GetVersionString() }
            var apiBase = ((delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
            var version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)apiBase[1])()) ?? "?";
            var api = ((delegate* unmanaged<uint, nint*>)apiBase[0])(ApiVersion);
            return api != null
                ? new(api, version)
                : throw new SpeechEngineException($"ONNX Runtime {version} at {path} is too old: its C API lacks version {ApiVersion}; run scripts/get-models.sh");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new SpeechEngineException($"ONNX Runtime at {path} can't be loaded on this machine: {e.Message}; run scripts/get-models.sh", e);
        }
    }

    /// <summary>Positions in the table, from the C header; append-only there, so fixed for good.</summary>
    internal static class Index
    {
        public const int GetErrorMessage = 2;
        public const int CreateEnv = 3;
        public const int CreateSession = 7;
        public const int Run = 9;
        public const int CreateSessionOptions = 10;
        public const int SetOptimizedModelFilePath = 11;
        public const int SetGraphOptimizationLevel = 23;
        public const int SetIntraOpThreads = 24;
        public const int SetInterOpThreads = 25;
        public const int SessionGetInputCount = 30;
        public const int SessionGetOutputCount = 31;
        public const int SessionGetInputName = 36;
        public const int SessionGetOutputName = 37;
        public const int CreateRunOptions = 39;
        public const int RunOptionsSetTerminate = 46;
        public const int CreateTensorWithData = 49;
        public const int GetTensorMutableData = 51;
        public const int GetDimensionsCount = 61;
        public const int GetDimensions = 62;
        public const int GetTensorTypeAndShape = 65;
        public const int CreateCpuMemoryInfo = 69;
        public const int AllocatorFree = 76;
        public const int GetAllocatorWithDefaultOptions = 78;
        public const int ReleaseStatus = 93;
        public const int ReleaseSession = 95;
        public const int ReleaseValue = 96;
        public const int ReleaseRunOptions = 97;
        public const int ReleaseTensorTypeAndShapeInfo = 99;
        public const int ReleaseSessionOptions = 100;
        public const int AddSessionConfigEntry = 130;
        public const int CreateAndRegisterAllocator = 144;
        public const int ReleaseArenaConfig = 157;
        public const int CreateArenaConfig = 164;
    }
}
