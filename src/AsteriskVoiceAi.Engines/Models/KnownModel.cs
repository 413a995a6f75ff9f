namespace AsteriskVoiceAi.Engines.Models;

/// <summary>A model that scripts/get-models.sh can fetch.</summary>
/// <param name="Purpose">What it adds.</param>
/// <param name="IsDefault">Calls need it: fetched when no name is given.</param>
/// <param name="IsRecommended">Callers are served better with it: fetched with those where it can be had.</param>
public sealed record KnownModel(string Name, string Purpose, string Licence, bool IsDefault, bool IsRecommended, IReadOnlyList<KnownModelFile> Files)
{
    /// <summary>Of all files, in bytes.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Whether all files are in the folder with a size that they may have. Hashes are compared by <see cref="KnownModelFile.IsWholeAsync"/> and <c>scripts/get-models.sh --check</c>.</summary>
    public bool IsIn(string modelsFolder) => Files.All(file => file.IsIn(modelsFolder));
}

/// <param name="Path">Below the models folder.</param>
/// <param name="Versions">Conversions differ by source, so there may be several.</param>
public sealed record KnownModelFile(string Path, IReadOnlyList<KnownModelVersion> Versions)
{
    public long Bytes => Versions[0].Bytes;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<bool> IsWholeAsync(string modelsFolder, CancellationToken cancellationToken)
    {
        var file = new FileInfo(System.IO.Path.Combine(modelsFolder, Path));
        foreach (var version in Versions.Where(version => file.Exists && version.Bytes == file.Length))
        {
            await using var content = file.OpenRead();
            if (await version.IsAsync(content, cancellationToken))
                return true;
        }
        return false;
    }

    internal bool IsIn(string modelsFolder)
    {
        var file = new FileInfo(System.IO.Path.Combine(modelsFolder, Path));
        return file.Exists && Versions.Any(version => version.Bytes == file.Length);
    }
}
