namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>A vector with few values that are not zero; indices ascend.</summary>
internal sealed record SparseVector(int[] Indices, float[] Values)
{
    public double Dot(float[] dense)
    {
        var sum = 0.0;
        for (var i = 0; i < Indices.Length; i++)
            sum += Values[i] * dense[Indices[i]];
        return sum;
    }

    public double Dot(SparseVector other)
    {
        var sum = 0.0;
        for (int a = 0, b = 0; a < Indices.Length && b < other.Indices.Length;)
        {
            var order = Indices[a].CompareTo(other.Indices[b]);
            if (order == 0)
                sum += Values[a++] * other.Values[b++];
            else if (order < 0)
                a++;
            else
                b++;
        }
        return sum;
    }

    public void AddTo(float[] dense, double factor)
    {
        for (var i = 0; i < Indices.Length; i++)
            dense[Indices[i]] += (float)(factor * Values[i]);
    }
}
