using System.Runtime.InteropServices;
using System.Text;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>Names of a run's inputs or outputs as the C API wants them, made once and outliving every run.</summary>
internal sealed unsafe class OnnxNames : SafeHandle
{
    public OnnxNames(IReadOnlyList<string> names)
        : base(0, ownsHandle: true)
    {
        Count = names.Count;
        // One block: the pointers, then the texts they point to.
        var texts = names.Select(name => Encoding.UTF8.GetBytes(name + '\0')).ToArray();
        var block = (byte*)NativeMemory.Alloc((nuint)((sizeof(nint) * Count) + texts.Sum(text => text.Length)));
        SetHandle((nint)block);
        var at = block + (sizeof(nint) * Count);
        for (var i = 0; i < Count; i++)
        {
            ((byte**)block)[i] = at;
            texts[i].CopyTo(new Span<byte>(at, texts[i].Length));
            at += texts[i].Length;
        }
    }

    public int Count { get; }

    public nint Pointer => handle;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
