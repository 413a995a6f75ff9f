namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Settings from the environment: VOICEAI__FASTAGI__PORT=4573; lists are separated by commas.</summary>
internal static class EnvironmentSource
{
    /// <returns>How many variables gave a setting.</returns>
    public static int Apply(IReadOnlyDictionary<string, string> environment, IReadOnlyList<OptionKey> keys, OptionBinding binding)
    {
        var used = 0;
        foreach (var (name, value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(ConfigurationLoader.Prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var location = $"environment variable {OptionValue.Found(name)}";
            if (Find(name[ConfigurationLoader.Prefix.Length..].Split("__"), keys, location, binding) is not { } key)
                continue;
            // Compose files pass variables on that are not set as empty: that is no port.
            if (value.Length == 0 && key.Type != typeof(string))
                continue;
            used++;
            binding.Set(key, key.ElementType is null ? [value] : value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), location);
        }
        return used;
    }

    private static OptionKey? Find(string[] words, IReadOnlyList<OptionKey> keys, string location, OptionBinding binding)
    {
        OptionKey? found = null;
        foreach (var word in words)
        {
            if (found is { IsSection: false })
            {
                binding.Report(location, $"{found.Path} is a setting and has no keys of its own; its variable is {found.Variable}.");
                return null;
            }
            var known = found?.Children ?? keys;
            var next = known.FirstOrDefault(key => OptionKey.Plain(key.Name) == OptionKey.Plain(word));
            if (next is null)
            {
                binding.RefuseUnknown(location, found?.Path ?? "", word, known, nearest => nearest.IsSection ? nearest.Variable + "__…" : nearest.Variable);
                return null;
            }
            found = next;
        }
        if (found is not { IsSection: true })
            return found;
        binding.Report(location, $"{found.Path} is a section; its keys are set by variables such as {found.Children[0].Variable}.");
        return null;
    }
}
