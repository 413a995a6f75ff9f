using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AsteriskVoiceAi.Service.Storage.Migrations.Postgres
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
                    id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    duration_ms = table.Column<long>(type: "bigint", nullable: false),
                    result = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    intent = table.Column<string>(type: "text", nullable: false),
                    next = table.Column<string>(type: "text", nullable: false),
                    slots = table.Column<string>(type: "text", nullable: false),
                    entry = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    linked_id = table.Column<string>(type: "text", nullable: false),
                    caller = table.Column<string>(type: "text", nullable: false),
                    dialed = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    flow = table.Column<string>(type: "text", nullable: false),
                    flow_version = table.Column<string>(type: "text", nullable: false),
                    transport = table.Column<string>(type: "text", nullable: false),
                    codec = table.Column<string>(type: "text", nullable: false),
                    frames_received = table.Column<long>(type: "bigint", nullable: true),
                    frames_lost = table.Column<long>(type: "bigint", nullable: true),
                    frames_late = table.Column<long>(type: "bigint", nullable: true),
                    frames_concealed = table.Column<long>(type: "bigint", nullable: true),
                    jitter_ms = table.Column<double>(type: "double precision", nullable: true),
                    mos = table.Column<double>(type: "double precision", nullable: true),
                    recording = table.Column<string>(type: "text", nullable: false),
                    resumed = table.Column<bool>(type: "boolean", nullable: false),
                    lost_turns = table.Column<int>(type: "integer", nullable: false),
                    writer = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "turns",
                columns: table => new
                {
                    call_id = table.Column<string>(type: "character varying(64)", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at_ms = table.Column<long>(type: "bigint", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    engine = table.Column<string>(type: "text", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: true),
                    intent = table.Column<string>(type: "text", nullable: false),
                    intent_confidence = table.Column<double>(type: "double precision", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    slots = table.Column<string>(type: "text", nullable: false),
                    ending = table.Column<string>(type: "text", nullable: false),
                    speech_ms = table.Column<int>(type: "integer", nullable: true),
                    endpoint_ms = table.Column<int>(type: "integer", nullable: true),
                    recognition_ms = table.Column<int>(type: "integer", nullable: true),
                    waited_ms = table.Column<int>(type: "integer", nullable: true),
                    understanding_ms = table.Column<int>(type: "integer", nullable: true),
                    synthesis_ms = table.Column<int>(type: "integer", nullable: true),
                    played_ms = table.Column<int>(type: "integer", nullable: true),
                    reply_ms = table.Column<int>(type: "integer", nullable: true)
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
