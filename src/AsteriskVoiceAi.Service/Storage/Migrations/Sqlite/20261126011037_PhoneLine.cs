using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AsteriskVoiceAi.Service.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class PhoneLine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "phone_jitter_ms",
                table: "calls",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "phone_lost",
                table: "calls",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "phone_missed",
                table: "calls",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "phone_mos",
                table: "calls",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "phone_received",
                table: "calls",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "phone_round_trip_ms",
                table: "calls",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "phone_sent",
                table: "calls",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "phone_jitter_ms",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "phone_lost",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "phone_missed",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "phone_mos",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "phone_received",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "phone_round_trip_ms",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "phone_sent",
                table: "calls");
        }
    }
}
