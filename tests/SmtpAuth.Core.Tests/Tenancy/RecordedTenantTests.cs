using System.Text;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class RecordedTenantTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smtpauth-state-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    // encoding, with byte order mark
    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]                                 // Windows PowerShell 5.1: … | ConvertTo-Json > file
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void A_file_is_read_however_the_shell_encoded_it(string encoding, bool withMark)
    {
        var writer = Encoding.GetEncoding(encoding);
        Write("graph/securityDefaults.json", [.. withMark ? writer.GetPreamble() : [], .. writer.GetBytes("""{ "displayName": "Ăîșț", "isEnabled": true, }""")]);

        Some.State(RecordedTenant.Read(_folder))["tenant.securityDefaults.enabled"].Value.Should().Be(true);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_tolerated()
    {
        Write("graph/securityDefaults.json", "// recorded by hand\n{ \"isEnabled\": false, /* off */ }");

        Some.State(RecordedTenant.Read(_folder))["tenant.securityDefaults.enabled"].Value.Should().Be(false);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_answer_that_was_not_recorded()
    {
        var answers = RecordedTenant.Read(_folder);

        answers.Names.Should().BeEquivalentTo(AnswerNames.All);
        answers[AnswerNames.User].Failure.Should().Be("It was not recorded: there is no file graph/user.json.");
    }

    [Fact]
    public void Names_are_compared_without_case_and_foreign_files_are_ignored()
    {
        Write("exchange/get-casmailbox.json", """{ "PrimarySmtpAddress": "printer@contoso.com" }""");
        Write("graph/notes.json", "not JSON at all");
        Write("graph/groupMembers-33333333-AAAA-4BBB-8CCC-000000000003.json", "[]");
        Write("readme.md", "hello");

        var answers = RecordedTenant.Read(_folder);

        answers[AnswerNames.CasMailbox].Content.Should().NotBeNull();
        answers[AnswerNames.GroupMembers(Some.GroupId)].Content.Should().NotBeNull();
        answers.Names.Should().HaveCount(AnswerNames.All.Count + 1);
    }

    [Fact]
    public void The_time_of_the_file_is_used_and_said_to_be_so()
    {
        Write("graph/user.json", "{}");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "graph/user.json"), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        var answer = RecordedTenant.Read(_folder)[AnswerNames.User];

        answer.ReadAt.Should().Be(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        answer.Source.Should().Be("graph/user.json, dated by its last change");
    }

    [Fact]
    public void A_time_written_into_the_answer_goes_before_that_of_the_file()
    {
        Write("graph/user.json", """{ "@smtpauth.readAt": "2026-11-01T10:00:00+02:00", "value": [] }""");

        var answer = RecordedTenant.Read(_folder)[AnswerNames.User];

        (answer.ReadAt, answer.Source).Should().Be((new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), "graph/user.json"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n")]
    public void An_empty_file_is_neither_none_nor_an_error(string content)
    {
        Write("exchange/Get-InboundConnector.json", content);

        RecordedTenant.Read(_folder)[AnswerNames.InboundConnector].Failure.Should().Contain("is empty");
    }

    [Fact]
    public void A_recorded_error_is_a_failed_answer_with_its_text()
    {
        Write("graph/signIns.json", """{ "error": { "code": "Forbidden", "message": "no premium\r\nlicense" } }""");

        RecordedTenant.Read(_folder)[AnswerNames.SignIns].Failure.Should().Be("The service answered with an error: Forbidden: no premium  license");
    }

    // content    =>    what the error names
    [Theory]
    [InlineData("{ \"isEnabled\": tru }", "graph/securityDefaults.json is not JSON: line 1, column 1?: *")]
    [InlineData("{\n\"isEnabled\": true", "graph/securityDefaults.json is not JSON: line 2, column *")]
    [InlineData("Get-Thing : not recognized", "graph/securityDefaults.json is not JSON: line 1, column 1: *")]
    [InlineData("{} {}", "graph/securityDefaults.json is not JSON: line 1, column 4: *")]
    public void A_broken_file_is_one_clear_error(string content, string expected)
    {
        Write("graph/securityDefaults.json", content);

        var message = FluentActions.Invoking(() => RecordedTenant.Read(_folder)).Should().Throw<FormatException>().WithMessage(expected).Which.Message;
        message.Should().NotContain("\n").And.NotContain("Path:").And.NotContain(_folder);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_the_cure()
    {
        Write("graph/user.json", [0x7B, 0xE4, 0x7D]);

        FluentActions.Invoking(() => RecordedTenant.Read(_folder)).Should().Throw<FormatException>().WithMessage("graph/user.json is not text*Out-File -Encoding utf8*");
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Write("graph/user.json", new string('[', 100_000));

        FluentActions.Invoking(() => RecordedTenant.Read(_folder)).Should().Throw<FormatException>().WithMessage("graph/user.json is not JSON*");
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_unread()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "exchange"));
        using (var file = File.Create(Path.Combine(_folder, "exchange/Get-Mailbox.json")))
        {
            file.SetLength(RecordedTenant.MaximumFileSize + 1L); // sparse
        }

        FluentActions.Invoking(() => RecordedTenant.Read(_folder)).Should().Throw<FormatException>().WithMessage("*Get-Mailbox.json has 67108865 bytes*");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        FluentActions.Invoking(() => RecordedTenant.Read(Path.Combine(_folder, "no"))).Should().Throw<DirectoryNotFoundException>().WithMessage("There is no folder*");

    private void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
