using AsteriskVoiceAi.Calls;

namespace AsteriskVoiceAi.Engines;

/// <summary>Loads engines by the names that the configuration uses, keeps what was found of each for the report, and owns those that were.</summary>
internal sealed class FoundEngines : IAsyncDisposable
{
    private readonly List<object> _owned = [];
    private readonly List<SpeechEngineStatus> _statuses = [];

    /// <summary>In the order in which they were looked for.</summary>
    public IReadOnlyList<SpeechEngineStatus> Statuses => _statuses;

    /// <summary>Those that are there, in the order of their names.</summary>
    public List<TEngine> Find<TEngine>(SpeechEngineKind kind, IReadOnlyList<string> names, IReadOnlyList<IEngineFactory<TEngine>> factories)
    {
        List<TEngine> engines = [];
        foreach (var name in names)
        {
            try
            {
                var factory = factories.FirstOrDefault(factory => factory.Makes(name))
                    ?? throw new SpeechEngineException($"there is no such engine; known: {string.Join(", ", factories.SelectMany(factory => factory.Names))}");
                var (engine, detail) = factory.Load(name);
                engines.Add(Own(engine));
                _statuses.Add(new(kind, name, IsAvailable: true, detail));
            }
            catch (SpeechEngineException e)
            {
                _statuses.Add(new(kind, name, IsAvailable: false, e.Message));
            }
#pragma warning disable CA1031 // Whatever a damaged file does to its reader: the other engines serve.
            catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
            {
                _statuses.Add(new(kind, name, IsAvailable: false, e.ToString()));
            }
        }
        return engines;
    }

    /// <summary>Ends with the engines.</summary>
    public T Own<T>(T part)
    {
        _owned.Add(part!);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _owned)
        {
            if (engine is IAsyncDisposable ends)
                await ends.DisposeAsync();
            else
                (engine as IDisposable)?.Dispose();
        }
    }
}
