namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>What the servers of a flow have to be to its other parts.</summary>
internal sealed class WebhookChecks(string file, YamlNode root, FlowNames names, List<FlowProblem> problems)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What the connection itself says; a flow that said it, too, could smuggle a second question into the first.</summary>
    private static readonly HashSet<string> OfTheConnection = new(["Connection", "Content-Length", "Content-Type", "Content-Encoding", "Expect", "Host", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade"], StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<(YamlNode.Scalar Key, YamlNode Value)> _intents = root.Entries("intents");

    public void Check()
    {
        foreach (var (_, intent) in _intents)
        {
            foreach (var step in intent.Items("do").Select(step => step.At("webhook")).OfType<YamlNode.Mapping>())
            {
                if (step.Value("save") is { } save && (names.IsValue(save.Text) || save.Text == "secret"))
                    Problem(save, save.Kind, "a name that is no variable's and no slot's, nor 'secret'");
                CheckServer(step);
            }
            foreach (var check in intent.Entries("slots").Select(slot => slot.Value.At("check")).OfType<YamlNode.Mapping>())
                CheckServer(check);
        }
    }

    private void CheckServer(YamlNode server)
    {
        if (server.Value("url") is { } url && WebhookShape.Url.Allows(url.Text) && FlowText.Parse(url.Text, out _) is { } text && (FlowWebhook.HasDotSegment(text.Fill(_ => "x")) || !Uri.TryCreate(text.Fill(_ => "x"), UriKind.Absolute, out _)))
            Problem(url, url.Kind, "an address such as http://crm.local/parcels/{number}");
        if (server.Value("timeout") is { } timeout && FlowTree.Duration(timeout.Text) is { } wait && (wait < Shortest || wait > Longest))
            Problem(timeout, timeout.Kind, "a time from 100ms to 30s");
        if (server.Text("method") is "GET" or "DELETE" && server.At("body") is { } body)
            Problem(body, $"a body of a {server.Text("method")}", "POST, PUT or PATCH as method; servers ignore it otherwise");
        foreach (var (name, _) in server.Pairs("headers").Where(header => OfTheConnection.Contains(header.Name.Text)))
            Problem(name, $"the header {name.Kind}", "another one: this one is the connection's own");
        if (server.Value("on-error") is { Text: not ("continue" or "hang-up" or "dialplan") } target)
            CheckTarget(target);
    }

    private void CheckTarget(YamlNode.Scalar target)
    {
        if (_intents.FirstOrDefault(intent => intent.Key.Text == target.Text) is not { Key: not null } found)
            Problem(target, target.Kind, "the name of an intent of this flow, continue, hang-up or dialplan" + Nearest.Hint(target.Text, _intents.Select(intent => intent.Key.Text)));
        // Two failing servers that lead to each other would go round without the caller saying a word.
        else if (found.Value.Items("do").Select(step => step.At("webhook")).OfType<YamlNode.Mapping>().Any(step => !GoesOn(step, found.Key.Text)))
            Problem(target, target.Kind, "an intent without webhooks, or with on-error: continue in each of them");
    }

    /// <summary>An operator's own server that fails stops nobody.</summary>
    private bool GoesOn(YamlNode.Mapping step, string intent) =>
        step.Text("on-error") is var place && (place == "continue" || (place.Length == 0 && intent == FlowBuilder.OperatorOf(root)));

    private void Problem(YamlNode at, string found, string expected) => problems.Add(new FlowProblem(file, at.Line, at.Column, found, expected));
}
