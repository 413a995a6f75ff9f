using System.Data.Common;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>A filter in SQL that files and servers understand. Values are parameters always.</summary>
internal static class CallQuery
{
    /// <summary>The newest calls that the filter wants: <c>WHERE … ORDER BY … LIMIT …</c>, its parameters put into the command.</summary>
    public static string Newest(CallFilter filter, DbCommand command)
    {
        List<string> conditions = [];
        Add("started_at >= @since", "@since", filter.Since?.UtcDateTime);
        Add("started_at < @until", "@until", filter.Until?.UtcDateTime);
        Add("caller = @caller", "@caller", filter.Caller);
        Add("intent = @intent", "@intent", filter.Intent);
        Add("result = @result", "@result", filter.Result);
        Add("reason = @reason", "@reason", filter.Reason);
        Add("flow = @flow", "@flow", filter.Flow);
        Add("linked_id = @linked", "@linked", filter.LinkedId);
        Add("EXISTS (SELECT 1 FROM turns WHERE call_id = id AND lower(text) LIKE @text ESCAPE '!')", "@text", filter.Text is { } text ? $"%{Literal(text.ToLowerInvariant())}%" : null);
        Set(command, "@limit", filter.Limit);
        return $"{(conditions.Count > 0 ? "WHERE " : "")}{string.Join(" AND ", conditions)} ORDER BY started_at DESC, id DESC LIMIT @limit";

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            Set(command, name, value);
        }
    }

    public static void Set(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <summary>As a part of a pattern for <c>LIKE … ESCAPE '!'</c>.</summary>
    public static string Literal(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
