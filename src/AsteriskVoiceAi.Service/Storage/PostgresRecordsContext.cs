using Microsoft.EntityFrameworkCore;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>Records on a PostgreSQL server.</summary>
internal sealed class PostgresRecordsContext(DbContextOptions<PostgresRecordsContext> options) : RecordsContext(options);
