using Microsoft.EntityFrameworkCore;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Records in a file.</summary>
internal sealed class SqliteRecordsContext(DbContextOptions<SqliteRecordsContext> options) : RecordsContext(options);
