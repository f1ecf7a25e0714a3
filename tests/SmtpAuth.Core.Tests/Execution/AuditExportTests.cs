using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

public class AuditExportTests
{
    private static readonly Secret Key = new("a key that nobody guesses");

    [Fact]
    public async Task Every_entry_is_one_line_of_JSON_with_its_place_in_the_chain()
    {
        var (entries, lines) = await ExportAsync(null);

        lines.Should().HaveCount(entries.Count);
        lines.Should().OnlyContain(line => !line.Contains('\n'));
        foreach (var (entry, line) in entries.Zip(lines))
        {
            var json = JsonNode.Parse(line)!;
            ((string?)json["hash"], (string?)json["previousHash"], (string?)json["kind"]).Should().Be((entry.Hash, entry.PreviousHash, entry.Kind));
            json["payload"]!.ToJsonString().Should().Be(JsonNode.Parse(entry.Payload)!.ToJsonString());
        }

        string.Concat(lines).Should().Contain("printer@contoso.example");
    }

    [Fact]
    public async Task With_a_key_no_address_can_be_read_and_equal_addresses_stay_equal()
    {
        var (_, lines) = await ExportAsync(Key);

        var text = string.Concat(lines);
        text.Should().NotContain("printer").And.NotContain("@contoso").And.NotContain("%40");
        var name = (string?)JsonNode.Parse(lines[0])!["payload"]!["plan"]!["submission"]!["mailbox"];
        name.Should().MatchRegex("^user-[0-9a-f]{12}$");
        text.Should().Contain($"/users/{name}/authentication").And.Contain($"\"Identity\":\"{name}\"");
        (await ExportAsync(new("another key that nobody guesses"))).Lines[0].Should().NotContain(name);
    }

    [Fact]
    public async Task A_key_that_hides_nothing_is_refused()
    {
        var exporting = () => ExportAsync(new("short"));

        await exporting.Should().ThrowAsync<ArgumentException>();
    }

    private static async Task<(List<JournalEntry> Entries, List<string> Lines)> ExportAsync(Secret? key)
    {
        var time = new SkippingTime();
        var journal = new InMemoryRunJournal(time);
        var tenant = new SmallTenant();
        var escaped = SomePlan.OrganizationSwitch() with
        {
            Action = new StepAction.GraphRequest("PATCH", "beta", "/users/printer%40contoso.example/authentication", null),
            Target = "the switch of printer@contoso.example.",
        };
        tenant.Faults.Enqueue(Fault.None);
        tenant.Faults.Enqueue(Fault.Refused);
        await new PlanRunner([tenant], [tenant], journal, time: time).ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), escaped), null).ReportAsync();
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAllAsync(default))
        {
            entries.Add(entry);
        }

        var lines = new List<string>();
        await foreach (var line in AuditExport.ToLinesAsync(journal.ReadAllAsync(default), key, default))
        {
            lines.Add(line);
        }

        return (entries, lines);
    }
}
