using System.Globalization;
using System.Text.Json;
using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>Real texts, kept outside the repository. Where the file is not there, the own tables must do.</summary>
public class CorpusTests
{
    private static readonly string[] Microsoft = ["exchange-online", "exchange-online-china"];
    private static readonly string[] CannotTell = ["other", "unknown", "none"];

    [Theory]
    [InlineData("basic_code", 99)]
    [InlineData("enhanced", 99)]
    [InlineData("pop_server", 99)]
    [InlineData("server_time", 99)]
    [InlineData("session_id", 99)]
    [InlineData("aadsts", 99)]
    [InlineData("implied_basic_code", 99)]
    [InlineData("condition", 98)]
    [InlineData("provider", 98)]
    public void Real_texts_are_read_right(string field, int percent)
    {
        var entries = Entries().Where(entry => entry.Expected(field) is not null).ToList();
        var wrong = entries.Where(entry => !entry.IsRight(field)).Select(entry => $"{entry.Id}: expected {entry.Expected(field)}, found {entry.Actual(field)}").ToList();

        (wrong.Count * 100).Should().BeLessThanOrEqualTo(entries.Count * (100 - percent), string.Join("\n", wrong));
    }

    [Fact]
    public void Nobody_else_is_taken_for_Exchange_Online_and_no_wrong_switch_is_named()
    {
        var wrong = Entries().Where(entry =>
            (Array.IndexOf(Microsoft, entry.Actual("provider")) >= 0 && Array.IndexOf(Microsoft, entry.Expected("provider")) < 0 && entry.Expected("provider") != "exchange-any")
            || (entry.Actual("condition")?.StartsWith("smtp-auth-disabled", StringComparison.Ordinal) == true && !entry.IsRight("condition")));

        wrong.Select(entry => entry.Id).Should().BeEmpty();
    }

    private static List<Entry> Entries()
    {
        var path = Find();
        return path is null ? [] : [.. File.ReadLines(path).Select(line => new Entry(JsonDocument.Parse(line).RootElement))];
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("SMTPAUTH_CORPUS");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? Path.Combine(named, "errors.jsonl") : named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SmtpAuth.Core.sln")))
        {
            folder = folder.Parent;
        }

        var beside = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "corpus", "errors.jsonl");
        return File.Exists(beside) ? beside : null;
    }

    private sealed class Entry
    {
        private readonly JsonElement _expected;
        private readonly SmtpReply? _reply;

        public Entry(JsonElement entry)
        {
            Id = entry.GetProperty("id").GetString()!;
            _expected = entry.GetProperty("expect");
            _ = SmtpReplyParser.TryParse(entry.GetProperty("text").GetString()!, out _reply);
        }

        public string Id { get; }

        public string? Expected(string field) =>
            _expected.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? Normalize(field, value.ToString()) : null;

        public string? Actual(string field) => field switch
        {
            "basic_code" => _reply?.ReplyCode?.ToString(CultureInfo.InvariantCulture),
            "enhanced" => _reply?.EnhancedStatusCode?.ToString(),
            "pop_server" => _reply?.Server,
            "server_time" => _reply?.Time is { } time ? Normalize(field, time.ToString("O", CultureInfo.InvariantCulture)) : null,
            "session_id" => _reply?.SessionId,
            "aadsts" => _reply?.EntraErrorCode,
            "implied_basic_code" => _reply?.ImpliedReplyCode?.ToString(CultureInfo.InvariantCulture),
            "provider" => _reply?.Provider ?? "none",
            _ => _reply?.Condition ?? "unrelated",
        };

        /// <summary>Other, unknown and none are one answer: certainly not Exchange Online, or nothing to tell by; a name instead of them is no fault either.</summary>
        public bool IsRight(string field)
        {
            var (expected, actual) = (Expected(field), Actual(field));
            return expected == actual || (field == "provider" && (IsLenient(expected, actual) || IsLenient(actual, expected)));
        }

        private static bool IsLenient(string? one, string? other) =>
            Array.IndexOf(CannotTell, one) >= 0 && other?.Contains("exchange", StringComparison.Ordinal) == false && other != "outlook-consumer" && other != "entra-id";

        private static string Normalize(string field, string value) => field == "server_time"
            ? DateTimeOffset.Parse(value, CultureInfo.InvariantCulture).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)
            : value;
    }
}
