using System.Text;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>The settings as documentation, from the option classes themselves.</summary>
internal static class ConfigurationReference
{
    /// <summary>The whole page: how settings are given, a table for each section, and the sample.</summary>
    public static string Page<TOptions>() where TOptions : class, new()
    {
        var text = new StringBuilder();
        text.Append("# Settings\n\n");
        text.Append("Settings are read from `voiceai.yaml`. Each can be overridden by an environment variable: `VOICEAI__SECTION__KEY`, in any case,\n");
        text.Append("with `_` or nothing for `-`; lists are separated by commas. An unknown key or a value that isn't allowed stops the start, and\n");
        text.Append("the message names the file and line or the variable. Durations are written as `700ms`, `5s`, `2m` or `00:00:05`.\n\n");
        text.Append("The file is read again when it changes, and on SIGHUP (`systemctl reload`, `docker kill -s HUP`). What applies at once is taken over and\n");
        text.Append("logged; for each other key that has changed a line says that it waits for a restart, with the old and the new value. A file with a\n");
        text.Append("mistake changes nothing, and the log says file, line and what is wrong. Flows are read again by themselves.\n\n");
        text.Append("This page is made by `voiceai config reference` from the program itself; a test compares the two.\n\n");
        text.Append(Tables<TOptions>());
        text.Append("## A file with all defaults\n\n```yaml\n").Append(Sample<TOptions>()).Append("```\n");
        return text.ToString();
    }

    /// <summary>Markdown tables of all keys.</summary>
    public static string Tables<TOptions>() where TOptions : class, new()
    {
        var text = new StringBuilder();
        var binding = new OptionBinding(new TOptions());
        foreach (var section in OptionKey.Of(typeof(TOptions)).Where(key => key.IsSection))
        {
            text.Append("## ").Append(section.Name).Append("\n\n");
            if (section.Description.Length > 0)
                text.Append(section.Description).Append("\n\n");
            text.Append("| key | type | default | allowed | what it does | a change applies |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (var key in OptionKey.Settings([section]))
            {
                text.Append("| `").Append(key.Path).Append("` | ").Append(Cell(TypeName(key.Type, key.ElementType)))
                    .Append(" | ").Append(Code(Default(key, binding)))
                    .Append(" | ").Append(Cell(AllowedValues(key)))
                    .Append(" | ").Append(Cell(key.Description))
                    .Append(" | ").Append(key.IsReloaded ? "at once" : "at restart").Append(" |\n");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A voiceai.yaml in which every key stands as a comment with its default.</summary>
    public static string Sample<TOptions>() where TOptions : class, new()
    {
        var text = new StringBuilder("# Settings of the voice service. What is commented out has the value that is shown.\n");
        var binding = new OptionBinding(new TOptions());
        foreach (var section in OptionKey.Of(typeof(TOptions)))
            Append(text, section, binding, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, OptionKey key, OptionBinding binding, int depth)
    {
        var indent = new string(' ', depth * 2);
        if (depth == 0)
            text.Append('\n');
        if (key.Description.Length > 0)
            text.Append(indent).Append("# ").Append(key.Description).Append('\n');
        if (!key.IsSection)
        {
            text.Append(indent).Append('#').Append(key.Name).Append(": ").Append(Yaml(Default(key, binding))).Append('\n');
            return;
        }
        text.Append(indent).Append(key.Name).Append(":\n");
        foreach (var child in key.Children)
            Append(text, child, binding, depth + 1);
    }

    private static object? Default(OptionKey key, OptionBinding binding) => key.Property.GetValue(binding.OwnerOf(key));

    private static string Yaml(object? value) => value switch
    {
        null => "",
        string text => Quoted(text),
        IEnumerable<string> list => $"[{string.Join(", ", list.Select(Quoted))}]",
        _ => OptionValue.Show(value),
    };

    // Text is quoted when YAML would, or might, read something else from it.
    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_./ ".Contains(c, StringComparison.Ordinal)) && char.IsLetterOrDigit(text[0]) && text[^1] != ' ' && text is not ("null" or "true" or "false")
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string TypeName(Type type, Type? elementType) =>
        elementType is not null ? "list of " + TypeName(elementType, null)
        : type == typeof(TimeSpan) ? "duration"
        : type == typeof(Uri) ? "URL"
        : type == typeof(int) || type == typeof(long) ? "whole number"
        : type == typeof(double) ? "number"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? "one of"
        : "text";

    private static string AllowedValues(OptionKey key)
    {
        var type = key.ElementType ?? key.Type;
        IEnumerable<string> words = type.IsEnum ? [string.Join(", ", Enum.GetNames(type).Select(OptionKey.Kebab))] : [];
        return string.Join("; ", words.Concat(key.Rules.Select(rule => OptionRules.Allowed(rule, key.Type)).OfType<string>()));
    }

    private static string Code(object? value) => value is null ? "none" : $"`{Cell(OptionValue.Show(value))}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
