namespace AsteriskVoiceAi.Service.Evaluation;

/// <summary>How far a long work is: redrawn in place on a terminal, a line every tenth elsewhere. Thread-safe.</summary>
internal sealed class ProgressBar(TextWriter output, int total, bool isTerminal)
{
    private const int Width = 40;

    private readonly Lock _gate = new();
    private int _shown = -1;

    public void Report(int done)
    {
        lock (_gate)
        {
            var steps = isTerminal ? Width * 5 : 10;
            var step = (int)((long)done * steps / Math.Max(1, total));
            if (step <= _shown)
                return;
            _shown = step;
            if (!isTerminal)
            {
                output.WriteLine($"{done} of {total}");
                return;
            }
            var filled = (int)((long)done * Width / Math.Max(1, total));
            output.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {done} of {total}");
            if (done == total)
                output.WriteLine();
        }
    }
}
