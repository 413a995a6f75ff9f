using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>What <c>dotnet ef migrations add</c> makes a migration with; needs no database.</summary>
internal sealed class MigrationTools : IDesignTimeDbContextFactory<SqliteRecordsContext>, IDesignTimeDbContextFactory<PostgresRecordsContext>
{
    SqliteRecordsContext IDesignTimeDbContextFactory<SqliteRecordsContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRecordsContext>().UseSqlite("Data Source=:memory:").Options);

    PostgresRecordsContext IDesignTimeDbContextFactory<PostgresRecordsContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresRecordsContext>().UseNpgsql("Host=nowhere").Options);
}
