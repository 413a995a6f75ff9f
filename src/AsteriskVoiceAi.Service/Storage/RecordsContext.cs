using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AsteriskVoiceAi.Service.Storage;

/// <summary>The tables of call records. Each kind of database has a context of its own, since its migrations are its own.</summary>
internal abstract class RecordsContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<CallRow> Calls => Set<CallRow>();

    public DbSet<TurnRow> Turns => Set<TurnRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // What a file gives back has no zone; here it is always UTC.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CallRow>(call =>
        {
            call.ToTable(RecordNames.Calls).HasKey(row => row.Id);
            call.Property(row => row.Id).HasMaxLength(CallRow.MaxId);
            call.HasIndex(row => row.StartedAt);
            call.HasIndex(row => new { row.Result, row.StartedAt });
            call.HasIndex(row => row.Caller);
            call.HasIndex(row => row.LinkedId);
            call.HasMany<TurnRow>().WithOne().HasForeignKey(turn => turn.CallId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<TurnRow>(turn => turn.ToTable(RecordNames.Turns).HasKey(row => new { row.CallId, row.Number }));
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(RecordNames.Column(property.Name));
    }

    [SuppressMessage("Performance", "CA1812", Justification = "The model makes it.")]
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
