using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AsteriskVoiceAi.Service.Storage;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>Records of calls.</summary>
public sealed class RecordsOptions : IValidatableObject
{
    [Description("Keep a record of each call: who called, what was said, how it ended, how long each step took. voiceai calls shows them.")]
    public bool Enabled { get; set; } = true;

    [Description("A file (SQLite; default records/calls.db, under the working directory, readable by the service's user only), or a PostgreSQL server: Host=…;Database=…;Username=….")]
    [Required(AllowEmptyStrings = false)]
    public string Database { get; set; } = "records/calls.db";

    [Description("File whose first line is the password of the PostgreSQL server; read again for each new connection.")]
    public string? PasswordFile { get; set; }

    /// <summary>Default 90: long enough to look into a complaint; what callers say should not be kept for longer than there is use for it.</summary>
    [Description("Records are deleted so many days after their call began. 0 = never. Recordings are files of their own and not deleted with them.")]
    [Range(0, 36_500)]
    public int RetentionDays { get; set; } = 90;

    [Description("Keep what was said, keys and values of slots. false = records have none of it, only times, engines, intents and outcomes.")]
    public bool KeepWords { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        RecordsDatabase.Problem(this) is { } problem ? [new ValidationResult(problem, [nameof(Database)])] : [];
}
