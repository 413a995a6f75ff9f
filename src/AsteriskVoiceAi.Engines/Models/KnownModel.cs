namespace AsteriskVoiceAi.Engines.Models;

/// <summary>A model that scripts/get-models.sh can fetch.</summary>
/// <param name="Purpose">What it adds.</param>
/// <param name="IsDefault">Calls need it: fetched when no name is given.</param>
public sealed record KnownModel(string Name, string Purpose, string Licence, bool IsDefault, IReadOnlyList<KnownModelFile> Files)
{
    /// <summary>Of all files, in bytes.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Whether all files are in the folder with a size that they may have. Hashes are compared by <c>scripts/get-models.sh --check</c>.</summary>
    public bool IsIn(string modelsFolder) => Files.All(file => file.IsIn(modelsFolder));
}

/// <param name="Path">Below the models folder.</param>
/// <param name="Sizes">In bytes; conversions differ by source, so there may be several.</param>
public sealed record KnownModelFile(string Path, IReadOnlyList<long> Sizes)
{
    public long Bytes => Sizes[0];

    internal bool IsIn(string modelsFolder)
    {
        var file = new FileInfo(System.IO.Path.Combine(modelsFolder, Path));
        return file.Exists && Sizes.Contains(file.Length);
    }
}
