using System.Collections;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AsteriskVoiceAi.Asterisk.Ari;
using AsteriskVoiceAi.Asterisk.Media;
using AsteriskVoiceAi.Tests.Support;

namespace AsteriskVoiceAi.Tests.Ari;

/// <summary>
/// Holds our models and requests against the API description that comes with Asterisk (Swagger 1.2). It is read from an
/// installed Asterisk, since its licence is not ours.
/// </summary>
[TestFixture]
public sealed class AriSchemaTests
{
    private static readonly string[] Files = ["applications", "asterisk", "bridges", "channels", "events"];

    private static readonly Dictionary<Type, string> ModelNames = new()
    {
        [typeof(AriChannel)] = "Channel",
        [typeof(CallerId)] = "CallerID",
        [typeof(DialplanCep)] = "DialplanCEP",
        [typeof(SystemInfo)] = "SystemInfo",
        [typeof(ChannelRtp)] = "RTPstat",
    };

    private readonly Dictionary<string, JsonObject> _models = [];
    private readonly Dictionary<string, HashSet<string>> _requests = [];

    [OneTimeSetUp]
    public void ReadDescriptions()
    {
        var folder = Find();
        if (folder is null)
            Needed.Missing("Asterisk's API description", "run scripts/install-asterisk.sh or set VOICEAI_ASTERISK_ROOT");
        foreach (var file in Files)
        {
            var description = JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, file + ".json")))!;
            foreach (var (name, model) in description["models"]!.AsObject())
                _models[name] = model!["properties"]!.AsObject();
            foreach (var api in description["apis"]!.AsArray())
            {
                foreach (var operation in api!["operations"]!.AsArray())
                    _requests[$"{operation!["httpMethod"]} {Pattern((string)api["path"]!)}"] = [.. (operation["parameters"]?.AsArray() ?? []).Select(p => (string)p!["name"]!)];
            }
        }
    }

    [TestCase(typeof(StasisStart))]
    [TestCase(typeof(StasisEnd))]
    [TestCase(typeof(ChannelDtmfReceived))]
    [TestCase(typeof(ChannelHangupRequest))]
    [TestCase(typeof(ChannelDestroyed))]
    [TestCase(typeof(ApplicationReplaced))]
    [TestCase(typeof(ChannelUserevent))]
    [TestCase(typeof(Application))]
    [TestCase(typeof(Bridge))]
    [TestCase(typeof(AsteriskInfo))]
    [TestCase(typeof(Variable))]
    [TestCase(typeof(Module))]
    [TestCase(typeof(ChannelRtp))]
    public void Model_is_part_of_Asterisks(Type model) => Compare(model, ModelNames.GetValueOrDefault(model, model.Name));

    [Test]
    public void Every_event_type_exists()
    {
        var types = AriJson.Default.AriEvent.PolymorphismOptions!.DerivedTypes.Select(derived => (string)derived.TypeDiscriminator!);

        Assert.That(types, Is.SubsetOf(_models.Keys));
    }

    [Test]
    public async Task Every_request_exists_with_its_parameters()
    {
        await using var asterisk = await FakeAri.StartAsync();
        asterisk.Before = _ => Task.FromResult<int?>(204);
        var options = new AriOptions { Url = asterisk.Url, Password = FakeAri.Password };
        using var rest = new AriRest(options, new AriCredentials(options));
        var none = CancellationToken.None;
        foreach (var request in new Func<Task>[]
        {
            () => rest.GetInfoAsync(none), () => rest.FindApplicationAsync(none), () => rest.GetBridgesAsync(none),
            () => rest.ChannelExistsAsync("id", none), () => rest.GetVariableAsync("id", "x", none), () => rest.SetVariableAsync("id", "x", "y", none),
            () => rest.AnswerAsync("id", none), () => rest.ContinueAsync("id", "c", "e", none), () => rest.HangUpAsync("id", none),
            () => rest.CreateBridgeAsync("id", none), () => rest.DeleteBridgeAsync("id", none), () => rest.AddToBridgeAsync("id", ["a", "b"], none),
            () => rest.GetModulesAsync(none), () => rest.FindBridgeAsync("id", none), () => rest.FindRtpStatisticsAsync("id", none),
            () => rest.CreateMediaChannelAsync("id", new ExternalMedia("none", "websocket", "ulaw") { ExternalHost = "h", ConnectionType = "client", Data = "d", TransportData = "t" }, none),
            () => rest.AppExistsAsync("app", none), () => rest.TellAsync("app", "event", none), () => rest.GetChannelsAsync(none), () => rest.FindVariableAsync("id", "x", none),
        })
        {
            try
            {
                await request();
            }
            catch (AriException e) when (e.Status == HttpStatusCode.NoContent)
            {
                // The fake's empty answer; only the question counts here.
            }
        }

        Assert.That(asterisk.Requests, Has.Count.EqualTo(20));
        foreach (var (request, query) in asterisk.Requests.Zip(asterisk.Queries))
        {
            var known = _requests.Keys.Where(pattern => Matches(pattern, request)).OrderBy(pattern => pattern.Count(c => c == '*')).FirstOrDefault();
            Assert.That(known, Is.Not.Null, request);
            Assert.That(query, Is.SubsetOf(_requests[known!]), request);
        }
        Assert.That(new[] { "variable", "value" }, Is.SubsetOf(_requests["POST channels/*/variable"]), "sent in the body");
    }

    private static string? Find()
    {
        var root = Environment.GetEnvironmentVariable("VOICEAI_ASTERISK_ROOT");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); string.IsNullOrEmpty(root) && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AsteriskVoiceAi.sln")))
                root = Path.Combine(folder.FullName, ".voiceai", "asterisk-root");
        }
        var description = root is null ? null : Path.Combine(root, "usr", "share", "asterisk", "rest-api");
        return Directory.Exists(description) ? description : null;
    }

    /// <summary><c>/channels/{channelId}/answer</c> becomes <c>channels/*/answer</c>.</summary>
    private static string Pattern(string path) => string.Join('/', path.TrimStart('/').Split('/').Select(part => part.StartsWith('{') ? "*" : part));

    private static bool Matches(string pattern, string request)
    {
        var (expected, actual) = (pattern.Split(' ', '/'), request.Split(' ', '/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First == "*" || pair.First == pair.Second);
    }

    private void Compare(Type model, string name)
    {
        Assert.That(_models, Does.ContainKey(name));
        foreach (var property in AriJson.Default.GetTypeInfo(model)!.Properties)
        {
            Assert.That(_models[name], Does.ContainKey(property.Name), name);
            var type = (string)_models[name][property.Name]!["type"]!;
            if (Fits(property.PropertyType, type) is { } nested)
                Compare(nested, type);
        }
    }

    /// <summary>Gives the model to compare next, if the property is one.</summary>
    private static Type? Fits(Type ours, string theirs)
    {
        if (ModelNames.TryGetValue(ours, out var name))
        {
            Assert.That(theirs, Is.EqualTo(name));
            return ours;
        }
        var fitting = ours == typeof(string) ? "string"
            : ours == typeof(int) ? "int"
            : ours == typeof(double) ? "double"
            : ours == typeof(IReadOnlyList<string>) ? "List[string]"
            : ours == typeof(IReadOnlyDictionary<string, string>) ? "object"
            : ours.Name;
        Assert.That(theirs, Is.EqualTo(fitting));
        return null;
    }
}
