using System.Text.Json.Nodes;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Testing;

namespace SmtpAuth.Exchange;

public class ExchangeStepExecutorTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, null)]
    public async Task The_mailbox_switch_is_set_to_each_of_its_three_values(bool? before, bool? after)
    {
        await using var tenant = await Some.TenantAsync();
        tenant.State.User(Some.Mailbox).SmtpClientAuthenticationDisabled = before;
        using var commands = Some.Commands(tenant);

        var outcome = await new ExchangeStepExecutor(commands).ExecuteAsync(Some.SetMailbox(after), CancellationToken.None);

        outcome.Should().BeOfType<StepOutcome.Accepted>();
        tenant.State.User(Some.Mailbox).SmtpClientAuthenticationDisabled.Should().Be(after);
    }

    [Fact]
    public async Task An_answer_204_is_an_acceptance()
    {
        await using var tenant = await Some.TenantAsync(given => given.Behave(behavior => behavior.ExchangeWritesAnswer204 = true));

        (await ExecuteAsync(tenant, Some.SetMailbox(false))).Should().BeOfType<StepOutcome.Accepted>();
    }

    [Fact]
    public async Task What_was_created_is_given_without_its_decorations()
    {
        await using var tenant = await Some.TenantAsync();

        var outcome = await ExecuteAsync(tenant, new StepAction.Cmdlet(
            "New-AuthenticationPolicy", new JsonObject { ["Name"] = "Allow Basic SMTP", ["AllowBasicAuthSmtp"] = true }));

        var created = outcome.Should().BeOfType<StepOutcome.Accepted>().Which.Created!.AsObject();
        ((string?)created["Name"]).Should().Be("Allow Basic SMTP");
        created.Select(member => member.Key).Should().NotContain(name => name.Contains('@', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, true)]
    [InlineData(FaultKind.DropAfter, false)]
    [InlineData(FaultKind.GatewayTimeout, true)]
    [InlineData(FaultKind.EmbeddedError, true)]
    [InlineData(FaultKind.ServiceUnavailable, true)]
    public async Task A_write_whose_answer_is_lost_is_uncertain_and_made_once(FaultKind fault, bool isUnchanged)
    {
        await using var tenant = await Some.TenantAsync(given => given.WithFault(new Fault(EmulatedService.Exchange, fault) { Target = "Set-CASMailbox" }));

        var outcome = await ExecuteAsync(tenant, Some.SetMailbox(false));

        outcome.Should().BeOfType<StepOutcome.Uncertain>();
        tenant.Requests.Should().ContainSingle();
        tenant.State.User(Some.Mailbox).SmtpClientAuthenticationDisabled.Should().Be(isUnchanged ? null : false);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.ThrottledText)]
    public async Task A_write_that_the_service_did_not_take_is_made_again(FaultKind fault)
    {
        await using var tenant = await Some.TenantAsync(given => given.WithFault(new Fault(EmulatedService.Exchange, fault) { Target = "Set-CASMailbox" }));

        (await ExecuteAsync(tenant, Some.SetMailbox(false))).Should().BeOfType<StepOutcome.Accepted>();
        tenant.Changes.Should().ContainSingle();
    }

    [Fact]
    public async Task A_missing_role_is_found_before_and_refused_at_the_write()
    {
        await using var tenant = await Some.TenantAsync();
        using var commands = Some.Commands(tenant, token => token.ReadOnly());
        var executor = new ExchangeStepExecutor(commands);

        var missing = await executor.FindMissingPermissionsAsync([Step(Some.SetMailbox(false))], CancellationToken.None);
        var outcome = await executor.ExecuteAsync(Some.SetMailbox(false), CancellationToken.None);

        missing.Should().ContainSingle().Which.Should().Contain("Set-CASMailbox").And.Contain("Exchange Recipient Administrator");
        outcome.Should().BeOfType<StepOutcome.Refused>().Which.MissingPermission.Should().BeTrue();
        tenant.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_without_the_permission_is_found_before()
    {
        await using var tenant = await Some.TenantAsync();
        using var commands = Some.Commands(tenant, token => token.Roles("Mail.Read"));

        var missing = await new ExchangeStepExecutor(commands).FindMissingPermissionsAsync([Step(Some.SetMailbox(false))], CancellationToken.None);

        missing.Should().ContainSingle().Which.Should().Contain("Exchange.ManageAsApp");
    }

    [Theory]
    [InlineData("opaque-token", 404)]
    [InlineData("opaque-token", 500)]
    public async Task Where_the_service_does_not_say_nothing_is_known_to_be_missing(string token, int status)
    {
        using var handler = new AnsweringHandler((_, _) => Some.Json(status, ""));
        using var commands = new ExchangeAdminApiCommands(MicrosoftCloud.Global, "contoso.example", new FixedToken(token), new() { HttpHandler = handler });

        (await new ExchangeStepExecutor(commands).FindMissingPermissionsAsync([Step(Some.SetMailbox(false))], CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_missing_for_an_administrator()
    {
        await using var tenant = await Some.TenantAsync();
        using var commands = Some.Commands(tenant);

        (await new ExchangeStepExecutor(commands).FindMissingPermissionsAsync([Step(Some.SetMailbox(false))], CancellationToken.None)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Set-CASMailbox", """{"Identity":"p@contoso.example","SmtpClientAuthenticationDisabled":null}""", true)]
    [InlineData("Set-CASMailbox", """{"Identity":null,"SmtpClientAuthenticationDisabled":false}""", false)]
    [InlineData("Set-CASMailbox", """{"SmtpClientAuthenticationDisabled":false}""", false)]
    [InlineData("Set-CASMailbox", """{"Identity":" ","SmtpClientAuthenticationDisabled":false}""", false)]
    [InlineData("Set-CASMailbox", """{"Identity":"p@contoso.example","PopEnabled":true}""", false)]
    [InlineData("Set-TransportConfig", """{"SmtpClientAuthenticationDisabled":true}""", true)]
    [InlineData("Remove-Mailbox", """{"Identity":"p@contoso.example"}""", false)]
    [InlineData("Get-CASMailbox", """{"Identity":"p@contoso.example"}""", false)]
    public async Task Only_calls_of_the_list_are_made(string name, string parameters, bool isPermitted)
    {
        var calls = 0;
        using var commands = Some.Commands((_, _) =>
        {
            calls++;
            return Some.Json(200, """{"value":[]}""");
        });
        var executor = new ExchangeStepExecutor(commands);
        var action = new StepAction.Cmdlet(name, JsonNode.Parse(parameters)!.AsObject());

        executor.CanExecute(action).Should().Be(isPermitted);
        var executing = () => executor.ExecuteAsync(action, CancellationToken.None);

        if (isPermitted)
        {
            (await executing()).Should().BeOfType<StepOutcome.Accepted>();
        }
        else
        {
            await executing.Should().ThrowAsync<ArgumentException>();
        }

        calls.Should().Be(isPermitted ? 1 : 0);
    }

    [Fact]
    public async Task A_cmdlet_that_would_ask_a_person_is_told_not_to()
    {
        var sent = "";
        using var commands = Some.Commands((_, body) =>
        {
            sent = body;
            return Some.Json(200, """{"value":[]}""");
        });

        await new ExchangeStepExecutor(commands).ExecuteAsync(
            new StepAction.Cmdlet("Remove-AuthenticationPolicy", new JsonObject { ["Identity"] = "Allow Basic SMTP" }), CancellationToken.None);

        ((bool)JsonNode.Parse(sent)!["CmdletInput"]!["Parameters"]!["Confirm"]!).Should().BeFalse();
    }

    private static async Task<StepOutcome> ExecuteAsync(EmulatedTenant tenant, StepAction action)
    {
        using var commands = Some.Commands(tenant);
        return await new ExchangeStepExecutor(commands).ExecuteAsync(action, CancellationToken.None);
    }

    private static PlanStep Step(StepAction action) => new()
    {
        Id = "s1",
        Operation = "enable-smtp-auth-on-mailbox",
        Target = Some.Mailbox,
        Observes = new Observation { Answer = "exchange/Get-CASMailbox", Path = "SmtpClientAuthenticationDisabled" },
        Action = action,
        Scope = StepScope.Mailbox,
        SecurityCost = 10,
        Permissions = ["Exchange.ManageAsApp"],
        Roles = ["Exchange Recipient Administrator", "Exchange Administrator"],
        PropagationTypical = TimeSpan.FromMinutes(5),
        PropagationMaximum = TimeSpan.FromHours(1),
        Summary = new Dictionary<string, string>(),
        Portal = new Dictionary<string, IReadOnlyList<string>>(),
        PowerShell = "",
    };
}
