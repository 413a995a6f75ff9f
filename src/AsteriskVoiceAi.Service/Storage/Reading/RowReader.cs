using System.Data.Common;
using System.Reflection;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>Rows of a table, each as an object whose properties are the columns. Thread-safe.</summary>
internal sealed class RowReader<T>
    where T : class
{
    private readonly PropertyInfo[] _properties = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];

    public RowReader() => Columns = string.Join(", ", _properties.Select(property => RecordNames.Column(property.Name)));

    /// <summary>For SELECT: what <see cref="Read"/> expects, from the first column on.</summary>
    public string Columns { get; }

    /// <summary>The number of columns that it reads.</summary>
    public int Count => _properties.Length;

    /// <summary>The row where <paramref name="row"/> stands.</summary>
    public T Read(DbDataReader row)
    {
        var made = Activator.CreateInstance<T>();
        for (var i = 0; i < _properties.Length; i++)
            _properties[i].SetValue(made, row.IsDBNull(i) ? null : Value(row, i, _properties[i].PropertyType));
        return made;
    }

    private static object Value(DbDataReader row, int column, Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.String => row.GetString(column),
        TypeCode.Int32 => row.GetInt32(column),
        TypeCode.Int64 => row.GetInt64(column),
        TypeCode.Double => row.GetDouble(column),
        TypeCode.Boolean => row.GetBoolean(column),
        // What a file gives back has no zone; here it is always UTC.
        TypeCode.DateTime => DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc),
        _ => throw new NotSupportedException($"Records have no columns of the type {type}."),
    };
}
