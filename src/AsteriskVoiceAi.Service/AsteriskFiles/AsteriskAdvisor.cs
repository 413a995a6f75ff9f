using System.Globalization;
using AsteriskVoiceAi.Asterisk.Ari;

namespace AsteriskVoiceAi.Service.AsteriskFiles;

/// <summary>Compares an Asterisk's configuration with what the service needs: the HTTP server, a user of ARI, modules, an example in the dialplan.</summary>
/// <param name="folder">Such as /etc/asterisk.</param>
/// <param name="password">Of the user; empty = not known.</param>
internal sealed class AsteriskAdvisor(string folder, AriOptions options, string password)
{
    private const string Examples = "extensions_voiceai.conf";

    /// <summary>Where Asterisk loads only what it is told.</summary>
    private static readonly string[] Modules =
    [
        "res_http_websocket.so", "res_stasis.so", "res_stasis_answer.so", "res_stasis_playback.so", "res_ari_model.so", "res_ari.so", "res_ari_asterisk.so", "res_ari_applications.so",
        "res_ari_channels.so", "res_ari_bridges.so", "res_ari_events.so", "app_stasis.so", "res_websocket_client.so", "chan_websocket.so", "bridge_softmix.so", "bridge_simple.so",
        "res_agi.so", "app_exec.so", "res_audiosocket.so", "app_audiosocket.so", "chan_audiosocket.so", "func_uri.so",
    ];

    private static readonly string[] Loading = ["load", "require", "preload", "preload-require"];

    private readonly List<AsteriskConfig> _read = [];
    private readonly List<(string Path, string Text)> _created = [];
    private readonly List<AsteriskRemark> _remarks = [];
    private readonly List<string> _commands = [];

    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public AsteriskAdvice Advise()
    {
        With("http.conf", Http);
        With("ari.conf", Ari);
        With("modules.conf", LoadModules);
        With("extensions.conf", Dialplan);
        return new([.. _read.SelectMany(config => config.Changed)], _created, _remarks, _commands);
    }

    private void With(string name, Action<AsteriskConfig> advise)
    {
        if (AsteriskConfig.Load(folder, name) is not { } config)
        {
            Remark(name, name == "extensions.conf" ? "is not there: your dialplan is elsewhere (AEL, Lua, a database); take what you need from asterisk-config/extensions.conf" : "is not there: copy it from asterisk-config/", byHand: true);
            return;
        }
        _read.Add(config);
        if (config.HasExec)
            Remark(name, "has an #exec, whose result is not looked at here: make sure that it does not undo what is shown", byHand: true);
        if (config.EndsInComment)
            Remark(name, "ends in the middle of a comment (;-- without --;): close it first; nothing is changed here", byHand: true);
        else
            advise(config);
    }

    private void Http(AsteriskConfig http)
    {
        var before = http.Changed.Any();
        if (AsteriskConfig.IsTrue(http.Value("general", "enabled")))
            Remark("http.conf", "enabled=yes is there already");
        else
            http.Set("general", "enabled", "yes");
        if (http.Value("general", "bindaddr") is not { } address)
            http.Set("general", "bindaddr", "127.0.0.1");
        else if (address is not ("127.0.0.1" or "::1" or "localhost"))
            Remark("http.conf", $"bindaddr is {address}: whoever reaches this port and knows a password controls all calls; a firewall or TLS should stand before it");
        // Each connection of ARI and each call with its audio on a WebSocket holds one; the default is 100.
        if (http.Value("general", "sessionlimit") is null)
            http.Set("general", "sessionlimit", "1000");
        var port = http.Value("general", "bindport") ?? "8088";
        if (options.Url.Scheme == Uri.UriSchemeHttp && port != options.Url.Port.ToString(CultureInfo.InvariantCulture))
            Remark("http.conf", $"bindport is {port}, but ari.url says {options.Url}: correct ari.url in voiceai.yaml", byHand: true);
        var prefix = (http.Value("general", "prefix") ?? "").Trim('/');
        if (prefix != options.Url.AbsolutePath.Trim('/'))
            Remark("http.conf", $"prefix is '{prefix}', but ari.url says {options.Url}: correct ari.url in voiceai.yaml", byHand: true);
        if (!before && http.Changed.Any())
            _commands.Add("module reload http");
    }

    private void Ari(AsteriskConfig ari)
    {
        if (ari.Value("general", "enabled") is { } enabled && !AsteriskConfig.IsTrue(enabled))
            ari.Set("general", "enabled", "yes");
        if (!ari.Has(options.User))
            AddUser(ari);
        else
            CheckUser(ari);
        if (ari.Changed.Any())
            _commands.Add("module reload res_ari.so");
    }

    private void AddUser(AsteriskConfig ari)
    {
        if (password.Length == 0)
        {
            Remark("ari.conf", $"has no user [{options.User}], and no password is known for it: write one into the file of ari.password-file", byHand: true);
            return;
        }
        ari.Append(("", null), ("; the voice service", null), ($"[{options.User}]", null), ("type=user", null), ("read_only=no", null), ($"password={password}", "password=(that of the service)"));
    }

    private void CheckUser(AsteriskConfig ari)
    {
        if (ari.Value(options.User, "type") is not { } type)
            ari.Set(options.User, "type", "user");
        else if (type != "user")
            Remark("ari.conf", $"[{options.User}] is of type {type}: choose another name for ari.user in voiceai.yaml", byHand: true);
        if (AsteriskConfig.IsTrue(ari.Value(options.User, "read_only")))
            ari.Set(options.User, "read_only", "no");
        var theirs = ari.Value(options.User, "password") ?? "";
        if (theirs.Length == 0 && password.Length > 0)
            ari.Set(options.User, "password", password, "(that of the service)");
        else if (ari.Value(options.User, "password_format") is { } format && format != "plain")
            Remark("ari.conf", $"the password of [{options.User}] is encrypted: make sure that it is the service's");
        else if (theirs != password)
            Remark("ari.conf", $"[{options.User}] has another password than the service: write it into the file of ari.password-file", byHand: true);
        else
            Remark("ari.conf", $"the user [{options.User}] is there already, with this password");
    }

    private void LoadModules(AsteriskConfig modules)
    {
        var refused = modules.Values("modules", "noload").Select(entry => Module(entry.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var module in Modules.Where(refused.Contains))
            Remark("modules.conf", $"noload={module} is a decision of yours, but calls need it: remove that line", byHand: true);
        if (AsteriskConfig.IsTrue(modules.Value("modules", "autoload") ?? "no"))
        {
            Remark("modules.conf", "autoload=yes loads what is needed");
            return;
        }
        var loaded = Loading.SelectMany(word => modules.Values("modules", word)).Select(entry => Module(entry.Value)).ToHashSet(StringComparer.Ordinal);
        var missing = Modules.Where(module => !loaded.Contains(module) && !refused.Contains(module)).ToList();
        if (missing.Count == 0)
            Remark("modules.conf", "loads all that is needed already");
        foreach (var module in missing)
        {
            modules.Add("modules", $"load={module}");
            _commands.Add($"module load {module}");
        }
    }

    private void Dialplan(AsteriskConfig dialplan)
    {
        if (dialplan.Includes.Contains(Examples))
            Remark("extensions.conf", $"includes {Examples} already");
        else
        {
            dialplan.Append(("", null), ($"#tryinclude {Examples}", null));
            _commands.Add("dialplan reload");
        }
        if (File.Exists(Path.Combine(folder, Examples)))
            return;
        using var text = new StreamReader(typeof(AsteriskAdvisor).Assembly.GetManifestResourceStream(Examples)!);
        _created.Add((Path.Combine(folder, Examples), text.ReadToEnd()));
    }

    private static string Module(string value) => value.EndsWith(".so", StringComparison.Ordinal) ? value : value + ".so";

    private void Remark(string file, string text, bool byHand = false) => _remarks.Add(new(file, text, byHand));
}
