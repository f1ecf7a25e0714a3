using System.Text.Json;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Exchange;

public class ExchangeTenantReaderTests
{
    private static readonly string[] Everything =
    [
        AnswerNames.TransportConfig, AnswerNames.OrganizationConfig, AnswerNames.CasMailbox, AnswerNames.ExchangeUser, AnswerNames.Mailbox,
        AnswerNames.AuthenticationPolicy, AnswerNames.InboundConnector, AnswerNames.AcceptedDomain, AnswerNames.ServicePrincipal,
        AnswerNames.MailboxPermission, AnswerNames.RecipientPermission, AnswerNames.ManagementRoleAssignment,
    ];

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 12)]
    public async Task Every_answer_is_read(bool useBatches, int requests)
    {
        await using var tenant = await Some.TenantAsync(given => given
            .AuthenticationPolicy("Block Basic", allowBasicAuthSmtp: false).InboundConnector("Printers", "203.0.113.10"));
        using var commands = Some.Commands(tenant, configure: options => options.UseBatches = useBatches);
        var reader = new ExchangeTenantReader(commands);

        Everything.Should().OnlyContain(name => reader.CanRead(name));
        var answers = await reader.ReadAsync(Some.Submission, Everything, CancellationToken.None);

        answers.Select(answer => answer.Name).Should().Equal(Everything);
        answers.Where(answer => answer.Failure is not null).Should().BeEmpty();
        answers.Should().OnlyContain(answer => answer.ReadAt != null);
        Values(answers[0]).Should().ContainSingle();
        Values(answers[2]).Should().ContainSingle().Which.GetProperty("PrimarySmtpAddress").GetString().Should().Be(Some.Mailbox);
        Values(answers[6]).Should().ContainSingle().Which.GetProperty("Name").GetString().Should().Be("Printers");
        tenant.Requests.Should().HaveCount(requests, "batches hold ten");
    }

    [Fact]
    public async Task Null_on_a_mailbox_stays_null()
    {
        await using var tenant = await Some.TenantAsync();

        var answer = await ReadAsync(tenant, AnswerNames.CasMailbox);

        Values(answer).Single().GetProperty("SmtpClientAuthenticationDisabled").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mailbox_that_does_not_exist_is_an_empty_list(bool is404)
    {
        await using var tenant = await Some.TenantAsync(given => given.Behave(behavior => behavior.ExchangeNotFoundIs404 = is404));
        using var commands = Some.Commands(tenant);

        var answers = await new ExchangeTenantReader(commands).ReadAsync(
            new Submission { Mailbox = "nobody@contoso.example" }, [AnswerNames.CasMailbox, AnswerNames.Mailbox], CancellationToken.None);

        answers.Should().OnlyContain(answer => answer.Failure == null && answer.Content!.Value.ValueKind == JsonValueKind.Array
            && answer.Content.Value.GetArrayLength() == 0);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.ThrottledText)]
    [InlineData(FaultKind.ServiceUnavailable)]
    [InlineData(FaultKind.GatewayTimeout)]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.EmbeddedError)]
    [InlineData(FaultKind.ClaimsChallenge)]
    [InlineData(FaultKind.Unauthorized)]
    public async Task A_passing_fault_is_got_over(FaultKind fault)
    {
        await using var tenant = await Some.TenantAsync(given => given.WithFault(new Fault(EmulatedService.Exchange, fault)));

        var answer = await ReadAsync(tenant, AnswerNames.TransportConfig);

        answer.Failure.Should().BeNull();
        tenant.Requests.Count.Should().Be(2);
    }

    [Theory]
    [InlineData(FaultKind.EmptyForbidden, "role")]
    [InlineData(FaultKind.Unauthorized, "access token")]
    [InlineData(FaultKind.Redirect, "not followed")]
    public async Task A_lasting_fault_is_explained(FaultKind fault, string why)
    {
        await using var tenant = await Some.TenantAsync(given =>
            given.WithFault(new Fault(EmulatedService.Exchange, fault) { Times = int.MaxValue }));

        var answer = await ReadAsync(tenant, AnswerNames.TransportConfig);

        answer.Content.Should().BeNull();
        answer.Failure.Should().Contain(why);
    }

    [Fact]
    public async Task Throttling_for_longer_than_we_wait_is_a_failed_answer()
    {
        await using var tenant = await Some.TenantAsync(given => given.WithFault(
            new Fault(EmulatedService.Exchange, FaultKind.TooManyRequests) { RetryAfter = TimeSpan.FromHours(1), Times = int.MaxValue }));

        var answer = await ReadAsync(tenant, AnswerNames.TransportConfig);

        answer.Failure.Should().Contain("throttled");
        tenant.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_cmdlet_that_the_role_does_not_allow_is_a_failed_answer()
    {
        await using var tenant = await Some.TenantAsync();
        using var commands = Some.Commands(tenant, token => token.DirectoryRoles());

        var answers = await new ExchangeTenantReader(commands).ReadAsync(
            Some.Submission, [AnswerNames.CasMailbox, AnswerNames.TransportConfig], CancellationToken.None);

        answers.Should().OnlyContain(answer => answer.Content == null && answer.Failure!.Contains("not permitted"));
    }

    [Fact]
    public async Task A_service_that_does_not_take_the_token_is_not_asked_for_each_answer()
    {
        await using var tenant = await Some.TenantAsync(given =>
            given.WithFault(new Fault(EmulatedService.Exchange, FaultKind.Unauthorized) { Times = int.MaxValue }));
        using var commands = Some.Commands(tenant);

        var answers = await new ExchangeTenantReader(commands).ReadAsync(Some.Submission, Everything, CancellationToken.None);

        answers.Should().OnlyContain(answer => answer.Failure!.Contains("access token"));
        tenant.Requests.Should().HaveCount(4, "two batches, each with a new token once");
    }

    [Fact]
    public async Task An_empty_mailbox_never_becomes_a_missing_identity()
    {
        await using var tenant = await Some.TenantAsync();
        using var commands = Some.Commands(tenant);

        var reading = () => new ExchangeTenantReader(commands).ReadAsync(new Submission { Mailbox = " " }, [AnswerNames.CasMailbox], CancellationToken.None);

        await reading.Should().ThrowAsync<ArgumentException>();
        tenant.Requests.Should().BeEmpty();
    }

    private static async Task<TenantAnswer> ReadAsync(EmulatedTenant tenant, string name)
    {
        using var commands = Some.Commands(tenant);
        return (await new ExchangeTenantReader(commands).ReadAsync(Some.Submission, [name], CancellationToken.None)).Single();
    }

    private static List<JsonElement> Values(TenantAnswer answer) => [.. answer.Content!.Value.GetProperty("value").EnumerateArray()];
}
