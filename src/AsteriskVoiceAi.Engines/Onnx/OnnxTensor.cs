using System.Runtime.InteropServices;
using Index = AsteriskVoiceAi.Engines.Onnx.OnnxRuntime.Index;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>A tensor over native memory of our own: made once, filled and read in place, never moved by the collector.</summary>
internal sealed unsafe class OnnxTensor<T> : SafeHandle
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    private readonly OnnxRuntime _runtime;
    private readonly void* _data;
    private readonly int _length;

    /// <param name="shape">Empty = a scalar.</param>
    public OnnxTensor(OnnxRuntime runtime, params ReadOnlySpan<long> shape)
        : base(0, ownsHandle: true)
    {
        _runtime = runtime;
        var length = 1L;
        foreach (var dimension in shape)
            length *= dimension;
        _length = checked((int)length);
        var bytes = (nuint)_length * (nuint)sizeof(T);
        // The runtime refuses a null pointer even for a tensor without elements.
        _data = NativeMemory.AlignedAlloc(Math.Max(bytes, CacheLine), CacheLine);
        Values.Clear();
        nint value;
        fixed (long* dimensions = shape)
        {
            var create = (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)runtime[Index.CreateTensorWithData];
            runtime.Check(create(runtime.CpuMemory, _data, bytes, dimensions, (nuint)shape.Length, ElementType, &value), "make a tensor");
        }
        SetHandle(value);
    }

    public nint Pointer => handle;

    public Span<T> Values => new(_data, _length);

    public override bool IsInvalid => handle == 0;

    private static int ElementType =>
        typeof(T) == typeof(float) ? 1
        : typeof(T) == typeof(long) ? 7
        : typeof(T) == typeof(bool) ? 9
        : throw new NotSupportedException($"tensor of {typeof(T)}");

    protected override bool ReleaseHandle()
    {
        _runtime.ReleaseValue(handle);
        NativeMemory.AlignedFree(_data);
        return true;
    }
}
