using System.Runtime.InteropServices;
using Index = AsteriskVoiceAi.Engines.Onnx.OnnxRuntime.Index;

namespace AsteriskVoiceAi.Engines.Onnx;

/// <summary>Lets another thread end the runs of one recognition.</summary>
internal sealed unsafe class OnnxRunOptions : SafeHandle
{
    private readonly OnnxRuntime _runtime;

    public OnnxRunOptions(OnnxRuntime runtime)
        : base(0, ownsHandle: true)
    {
        _runtime = runtime;
        nint created;
        runtime.Check(((delegate* unmanaged<nint*, nint>)runtime[Index.CreateRunOptions])(&created), "make run options");
        SetHandle(created);
    }

    public nint Pointer => handle;

    public override bool IsInvalid => handle == 0;

    /// <summary>A run that goes on now fails between two of its nodes; later ones fail at once.</summary>
    public void Terminate() => _runtime.Check(((delegate* unmanaged<nint, nint>)_runtime[Index.RunOptionsSetTerminate])(handle), "end a run");

    protected override bool ReleaseHandle()
    {
        ((delegate* unmanaged<nint, void>)_runtime[Index.ReleaseRunOptions])(handle);
        return true;
    }
}
