using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AsteriskVoiceAi.Service.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    duration_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    result = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    intent = table.Column<string>(type: "TEXT", nullable: false),
                    next = table.Column<string>(type: "TEXT", nullable: false),
                    slots = table.Column<string>(type: "TEXT", nullable: false),
                    entry = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    linked_id = table.Column<string>(type: "TEXT", nullable: false),
                    caller = table.Column<string>(type: "TEXT", nullable: false),
                    dialed = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    flow = table.Column<string>(type: "TEXT", nullable: false),
                    flow_version = table.Column<string>(type: "TEXT", nullable: false),
                    transport = table.Column<string>(type: "TEXT", nullable: false),
                    codec = table.Column<string>(type: "TEXT", nullable: false),
                    frames_received = table.Column<long>(type: "INTEGER", nullable: true),
                    frames_lost = table.Column<long>(type: "INTEGER", nullable: true),
                    frames_late = table.Column<long>(type: "INTEGER", nullable: true),
                    frames_concealed = table.Column<long>(type: "INTEGER", nullable: true),
                    jitter_ms = table.Column<double>(type: "REAL", nullable: true),
                    mos = table.Column<double>(type: "REAL", nullable: true),
                    recording = table.Column<string>(type: "TEXT", nullable: false),
                    resumed = table.Column<bool>(type: "INTEGER", nullable: false),
                    lost_turns = table.Column<int>(type: "INTEGER", nullable: false),
                    writer = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "turns",
                columns: table => new
                {
                    call_id = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at_ms = table.Column<long>(type: "INTEGER", nullable: false),
                    who = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    engine = table.Column<string>(type: "TEXT", nullable: false),
                    confidence = table.Column<double>(type: "REAL", nullable: true),
                    intent = table.Column<string>(type: "TEXT", nullable: false),
                    intent_confidence = table.Column<double>(type: "REAL", nullable: true),
                    verdict = table.Column<string>(type: "TEXT", nullable: false),
                    slots = table.Column<string>(type: "TEXT", nullable: false),
                    ending = table.Column<string>(type: "TEXT", nullable: false),
                    speech_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    endpoint_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    recognition_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    waited_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    understanding_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    synthesis_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    played_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    reply_ms = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_turns", x => new { x.call_id, x.number });
                    table.ForeignKey(
                        name: "FK_turns_calls_call_id",
                        column: x => x.call_id,
                        principalTable: "calls",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_calls_caller",
                table: "calls",
                column: "caller");

            migrationBuilder.CreateIndex(
                name: "IX_calls_linked_id",
                table: "calls",
                column: "linked_id");

            migrationBuilder.CreateIndex(
                name: "IX_calls_result_started_at",
                table: "calls",
                columns: new[] { "result", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_calls_started_at",
                table: "calls",
                column: "started_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "turns");

            migrationBuilder.DropTable(
                name: "calls");
        }
    }
}
