using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Service.Doctor;

/// <summary>What the kernel knows of its own clock.</summary>
internal static class SystemClock
{
    /// <summary>adjtimex(2): the clock is not synchronised.</summary>
    private const int TimeError = 5;

    /// <summary>Whether somebody (systemd-timesyncd, chrony, ntpd, a hypervisor's agent) keeps it right; null = that can't be told here.</summary>
    public static bool? IsSynchronised()
    {
        // struct timex has 208 bytes; modes, its first word, is 0: only look.
        var state = adjtimex(new byte[512]);
        return state < 0 ? null : state != TimeError;
    }

#pragma warning disable IDE1006, SYSLIB1054 // The system's own name; generated marshalling needs unsafe code.
    [DllImport("libc")]
    private static extern int adjtimex(byte[] buffer);
#pragma warning restore IDE1006, SYSLIB1054
}
