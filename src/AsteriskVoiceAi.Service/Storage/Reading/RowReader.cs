using System.Data.Common;
using System.Reflection;

namespace AsteriskVoiceAi.Service.Storage.Reading;

/// <summary>Rows of a table, each as an object whose properties are the columns. Thread-safe.</summary>
internal sealed class RowReader<T>
    where T : class
{
    private readonly Column[] _columns = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(Column.Of)];

    public RowReader() => Columns = string.Join(", ", _columns.Select(column => RecordNames.Column(column.Property.Name)));

    /// <summary>For SELECT: what <see cref="Read"/> expects, from the first column on.</summary>
    public string Columns { get; }

    /// <summary>The number of columns that it reads.</summary>
    public int Count => _columns.Length;

    /// <summary>The row where <paramref name="row"/> stands.</summary>
    public T Read(DbDataReader row)
    {
        var made = Activator.CreateInstance<T>();
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Property.SetValue(made, _columns[i].Value(row, i));
        return made;
    }

    private readonly record struct Column(PropertyInfo Property, TypeCode Type, bool MayBeNull)
    {
        public static Column Of(PropertyInfo property)
        {
            var inner = Nullable.GetUnderlyingType(property.PropertyType);
            return new(property, System.Type.GetTypeCode(inner ?? property.PropertyType), inner is not null);
        }

        public object? Value(DbDataReader row, int number) => MayBeNull && row.IsDBNull(number) ? null : Type switch
        {
            TypeCode.String => row.GetString(number),
            TypeCode.Int32 => row.GetInt32(number),
            TypeCode.Int64 => row.GetInt64(number),
            TypeCode.Double => row.GetDouble(number),
            TypeCode.Boolean => row.GetBoolean(number),
            // What a file gives back has no zone; here it is always UTC.
            TypeCode.DateTime => DateTime.SpecifyKind(row.GetDateTime(number), DateTimeKind.Utc),
            _ => throw new NotSupportedException($"Records have no columns of the type {Type}."),
        };
    }
}
