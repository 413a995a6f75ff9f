namespace AsteriskVoiceAi.Calls.Flows;

/// <summary>What a flow file says about a server.</summary>
internal static class WebhookShape
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly string[] Places = ["continue", "hang-up", "dialplan"];

    /// <summary>The host is fixed: no value may choose who is asked.</summary>
    public static readonly Shape.Text Url = new("an address such as http://crm.local/parcels/{number}, with a fixed host and without a password") { Pattern = @"https?://[^\s{}/?#@\\]+([/?][^\s#\\]*)?", TakesValues = true };

    private static readonly Shape.Text Header = new("a header's value; secrets as {secret.NAME}") { Pattern = "[ -~]+", MaxLength = 500, TakesSecrets = true };

    private static readonly Key[] Keys =
    [
        new("url", "The address; values in it are percent-encoded.", Url, IsRequired: true),
        new("method", "Default GET, or POST with a body.", new Shape.Text("one of " + string.Join(", ", Methods)) { Pattern = string.Join('|', Methods), MaxLength = 6, Words = Methods }),
        new("body", "Members of a JSON object that is sent; values are texts in it, whatever they hold.",
            new Shape.Table("names and texts of a JSON object", new Shape.Text("a member's name") { Pattern = "[A-Za-z_][A-Za-z0-9_.-]*", MaxLength = 64 }, new Shape.Text("a text to send") { TakesValues = true, MayBeEmpty = true }, 1, 30)),
        new("headers", "More headers, such as Authorization: Bearer {secret.crm}; secrets come from webhooks.secrets-folder or the environment.",
            new Shape.Table("headers by name", new Shape.Text("a header's name") { Pattern = "[A-Za-z][A-Za-z0-9-]*", MaxLength = 64 }, Header, 1, 20)),
        new("timeout", "Longest wait for the whole answer; default 3s.", ShapeTexts.Duration with { Expected = "a time from 100ms to 30s, such as 3s" }),
        new("on-error", "What happens when it fails or says no: continue, an intent's steps, hang-up or dialplan.", new Shape.Text("an intent's name, continue, hang-up or dialplan") { Pattern = ShapeTexts.Name.Pattern, MaxLength = FlowShape.MaxNameLength, Words = Places }),
    ];

    public static Shape.Map Server { get; } = new("a server: url, method, body, headers, timeout and on-error", Keys);

    public static Shape.Map Step { get; } = new("a server: url, save, method, body, headers, timeout and on-error",
    [
        .. Keys,
        new("save", "A name for the JSON that it answers: texts use its parts as {name.key} or {name.list.0}.", ShapeTexts.VariableName),
    ]);
}
