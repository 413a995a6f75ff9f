namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>The options object while it is filled: where each value came from, and what went wrong.</summary>
internal sealed class OptionBinding(object root)
{
    private readonly Dictionary<string, string> _locations = [];
    private readonly HashSet<string> _broken = [];
    private readonly List<ConfigurationProblem> _problems = [];

    public object Root => root;

    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    /// <summary>File and line, or the variable, that a setting was last given at; null = it has its default.</summary>
    public string? LocationOf(OptionKey key) => _locations.GetValueOrDefault(key.Path);

    /// <summary>It was given, but is not what it must be; said already.</summary>
    public bool IsBroken(OptionKey key) => _broken.Contains(key.Path);

    public void Report(string location, string message) => _problems.Add(new(location, message));

    /// <summary>Gives a setting its value, from one text, or from several for a list.</summary>
    public void Set(OptionKey key, IReadOnlyList<string> texts, string location)
    {
        var values = new List<object>();
        foreach (var text in texts)
        {
            if (OptionValue.Parse(text, key.ElementType ?? key.Type) is { } value)
                values.Add(value);
            else
                Refuse(key, location, key.IsSecret ? "(not shown)" : $"\"{OptionValue.Found(text)}\"", OptionValue.Kind(key.ElementType ?? key.Type, null));
        }
        if (values.Count < texts.Count)
            return;
        Put(key, key.ElementType is { } element ? OptionValue.ListOf(key.Type, element, values) : values[0], location);
    }

    /// <summary>Gives a setting that may be null that value.</summary>
    public void Clear(OptionKey key, string location) => Put(key, null, location);

    /// <summary>The value has the wrong shape.</summary>
    public void Refuse(OptionKey key, string location, string found, string? allowed = null)
    {
        _broken.Add(key.Path);
        Report(location, $"{key.Path} is {found}, but must be {allowed ?? (key.IsSection ? "a section with keys of its own" : OptionValue.Kind(key.Type, key.ElementType))}.");
    }

    public void RefuseUnknown(string location, string section, string name, IReadOnlyList<OptionKey> known, Func<OptionKey, string> spell)
    {
        var nearest = NearestKey.To(name, known) is { } key ? $" The nearest is {spell(key)}." : "";
        var others = known.Count > 1 ? $" Known are: {string.Join(", ", known.Select(k => k.Name))}." : "";
        Report(location, $"{(section.Length == 0 ? "There is no section" : section + " has no key")} \"{OptionValue.Found(name)}\".{nearest}{others}");
    }

    /// <summary>The object that holds a key's property, reached through its sections.</summary>
    public object OwnerOf(OptionKey key)
    {
        var owner = root;
        IReadOnlyList<OptionKey> keys = OptionKey.Of(root.GetType());
        foreach (var section in key.Path.Split('.').SkipLast(1))
        {
            var step = keys.Single(k => k.Name == section);
            if (step.Property.GetValue(owner) is not { } next)
            {
                next = Activator.CreateInstance(step.Type)!;
                step.Property.SetValue(owner, next);
            }
            (owner, keys) = (next, step.Children);
        }
        return owner;
    }

    private void Put(OptionKey key, object? value, string location)
    {
        key.Property.SetValue(OwnerOf(key), value);
        _locations[key.Path] = location;
        // A good value from the environment makes up for a bad one in the file, which is still reported.
        _broken.Remove(key.Path);
    }
}
