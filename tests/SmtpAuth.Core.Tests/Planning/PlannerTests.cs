using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly string[] EveryRisk =
        ["security-defaults-off", "per-user-mfa-off", "conditional-access-exclusion", "organization-smtp-auth-on", "organization-basic-auth-on"];

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    public void The_plan_for_the_switch_touches_the_mailbox_only_and_its_undo_restores_what_was(string before)
    {
        var plan = SomeTenant.Plan(Some.Answers().WithMailboxSwitch(before));

        plan.Complete.Should().BeTrue();
        plan.ApprovalRequired.Should().BeFalse();
        plan.Withheld.Should().BeEmpty();
        var step = plan.Steps.Should().ContainSingle().Subject;
        (step.Id, step.Operation, step.Target, step.Scope).Should().Be(("s1", "enable-smtp-auth-on-mailbox", Some.Mailbox, StepScope.Mailbox));
        (step.Before?.ToJsonString() ?? "null", step.After!.ToJsonString()).Should().Be((before, "false"));
        Text(step.Action).Should().Be($$"""Set-CASMailbox {"Identity":"{{Some.UserId}}","SmtpClientAuthenticationDisabled":false}""");
        Text(step.Undo!).Should().Be($$"""Set-CASMailbox {"Identity":"{{Some.UserId}}","SmtpClientAuthenticationDisabled":{{before}}}""");
        step.PowerShell.Should().Be($"Set-CASMailbox -Identity '{Some.Mailbox}' -SmtpClientAuthenticationDisabled $false");
        step.Summary["ro"].Should().Be($"Permite SMTP AUTH pentru {Some.Mailbox}, indiferent de setarea organizației.");
    }

    public static TheoryData<string, string, string> Risks => new()
    {
        // what is wrong    =>    operation, risk
        { "defaults", "disable-security-defaults",                   "security-defaults-off" },
        { "mfa",      "set-per-user-mfa-disabled",                   "per-user-mfa-off" },
        { "policy",   "exclude-user-from-conditional-access-policy", "conditional-access-exclusion" },
    };

    [Theory]
    [MemberData(nameof(Risks))]
    public void A_step_that_weakens_the_tenant_is_held_back_until_its_risk_is_accepted(string wrong, string operation, string risk)
    {
        var answers = Wrong(wrong);

        var cautious = SomeTenant.Plan(answers);
        var accepted = SomeTenant.Plan(answers, options: new() { AcceptedRisks = [risk] });

        (cautious.Complete, cautious.Steps.Count).Should().Be((false, 0));
        cautious.Withheld.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Operation = operation, Risk = risk, Reason = (string?)null });
        cautious.Withheld[0].Why.Should().Contain("Instead: ");
        (accepted.Complete, accepted.ApprovalRequired).Should().Be((true, true));
        accepted.Steps.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Operation = operation, Risk = risk });
        accepted.Withheld.Should().BeEmpty();
    }

    [Fact]
    public void Steps_that_ask_for_no_risk_still_come_where_others_are_held_back()
    {
        var plan = SomeTenant.Plan(Some.Answers().WithMailboxSwitch("null").WithSecurityDefaults(true));

        plan.Complete.Should().BeFalse();
        plan.Steps.Select(step => step.Operation).Should().Equal("enable-smtp-auth-on-mailbox");
        plan.Withheld.Select(step => step.Risk).Should().Equal("security-defaults-off");
    }

    [Fact]
    public void What_weakens_the_tenant_most_comes_last()
    {
        var answers = Some.Answers().WithMailboxSwitch("true").WithSecurityDefaults(true).WithMfa("enforced")
            .WithAuthenticationPolicy("Block Basic").WithPolicies(Some.Policy()).WithAccount(false);

        var plan = SomeTenant.Plan(answers, options: new() { AcceptedRisks = EveryRisk });

        plan.Complete.Should().BeTrue();
        plan.Steps.Select(step => step.Operation).Should().Equal(
            "enable-smtp-auth-on-mailbox", "new-authentication-policy", "assign-authentication-policy", "enable-account",
            "exclude-user-from-conditional-access-policy", "set-per-user-mfa-disabled", "disable-security-defaults");
        plan.Steps.Select(step => step.Id).Should().Equal("s1", "s2", "s3", "s4", "s5", "s6", "s7");
        plan.Steps[2].DependsOn.Should().Equal("s2");
    }

    [Fact]
    public void Each_policy_that_blocks_gets_a_step_with_its_users_whole_and_others_get_none()
    {
        const string Second = "77777777-aaaa-4bbb-8ccc-000000000070";
        var answers = Some.Answers().WithPolicies(
            Some.Policy(policy => policy["conditions"]!["users"]!["excludeUsers"] = new JsonArray("cccccccc-aaaa-4bbb-8ccc-00000000000c")),
            Some.Policy(policy =>
            {
                policy["id"] = Second;
                policy["displayName"] = "Require 'MFA'";
                policy["conditions"]!["clientAppTypes"] = new JsonArray("all");
                policy["grantControls"]!["builtInControls"] = new JsonArray("mfa");
            }),
            Some.Policy(policy =>
            {
                policy["id"] = "77777777-aaaa-4bbb-8ccc-000000000071";
                policy["state"] = "enabledForReportingButNotEnforced";
            }));

        var plan = SomeTenant.Plan(answers, options: new() { AcceptedRisks = ["conditional-access-exclusion"] });

        plan.Complete.Should().BeTrue();
        plan.Steps.Select(step => step.Observes.Key).Should().Equal(Some.PolicyId, Second);
        plan.Steps[0].Target.Should().Be("Block legacy authentication");
        plan.Steps[0].Before!["excludeUsers"]!.ToJsonString().Should().Be("""["cccccccc-aaaa-4bbb-8ccc-00000000000c"]""");
        plan.Steps[0].After!["excludeUsers"]!.ToJsonString().Should().Be($"""["cccccccc-aaaa-4bbb-8ccc-00000000000c","{Some.UserId}"]""");
        plan.Steps[0].After!["includeUsers"]!.ToJsonString().Should().Be("""["All"]""");
        var request = plan.Steps[0].Action.Should().BeOfType<StepAction.GraphRequest>().Subject;
        (request.Method, request.Version, request.Path).Should().Be(("PATCH", "v1.0", $"/identity/conditionalAccess/policies/{Some.PolicyId}"));
        JsonNode.DeepEquals(request.Body!["conditions"]!["users"], plan.Steps[0].After).Should().BeTrue();
        var undo = plan.Steps[0].Undo.Should().BeOfType<StepAction.GraphRequest>().Subject;
        JsonNode.DeepEquals(undo.Body!["conditions"]!["users"], plan.Steps[0].Before).Should().BeTrue();
    }

    [Fact]
    public void An_authentication_policy_of_that_name_that_already_allows_is_used_and_not_made_again()
    {
        var answers = Some.Answers().WithAuthenticationPolicy(null)
            .With(AnswerNames.OrganizationConfig, """{ "DefaultAuthenticationPolicy": "Block Basic", "SendFromAliasEnabled": false }""")
            .With(AnswerNames.AuthenticationPolicy, """
                [ { "Name": "Block Basic", "AllowBasicAuthSmtp": false },
                  { "Name": "Allow Basic SMTP (service mailboxes)", "AllowBasicAuthSmtp": true } ]
                """);

        var plan = SomeTenant.Plan(answers);

        plan.Complete.Should().BeTrue();
        plan.Steps.Should().ContainSingle().Which.Operation.Should().Be("assign-authentication-policy");
        plan.Steps[0].Before.Should().BeNull();
        Text(plan.Steps[0].Undo!).Should().Be($$"""Set-User {"Identity":"{{Some.UserId}}","AuthenticationPolicy":null}""");
    }

    [Fact]
    public void An_authentication_policy_of_that_name_that_blocks_is_neither_made_again_nor_taken_away()
    {
        var answers = Some.Answers().WithAuthenticationPolicy("Block Basic").With(AnswerNames.AuthenticationPolicy, """
            [ { "Name": "Block Basic", "AllowBasicAuthSmtp": false },
              { "Name": "Allow Basic SMTP (service mailboxes)", "AllowBasicAuthSmtp": false } ]
            """);

        var plan = SomeTenant.Plan(answers);

        (plan.Complete, plan.Steps.Count).Should().Be((false, 0));
        plan.Withheld.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Operation = "new-authentication-policy", Reason = "not-applicable" });
    }

    [Fact]
    public void A_policy_that_excludes_guests_in_the_old_way_is_left_to_a_person()
    {
        var answers = Some.Answers().WithPolicies(
            Some.Policy(policy => policy["conditions"]!["users"]!["excludeUsers"] = new JsonArray("GuestsOrExternalUsers")));

        var plan = SomeTenant.Plan(answers, options: new() { AcceptedRisks = EveryRisk });

        (plan.Complete, plan.Steps.Count).Should().Be((false, 0));
        plan.Withheld.Should().ContainSingle().Which.Why.Should().Contain("beside GuestsOrExternalUsers");
    }

    [Fact]
    public void Nothing_is_written_on_ignorance()
    {
        var plan = SomeTenant.Plan(Some.Answers().Without(AnswerNames.CasMailbox).Without(AnswerNames.SecurityDefaults));

        (plan.Complete, plan.Steps.Count).Should().Be((false, 0));
        plan.Withheld.Should().OnlyContain(step => step.Reason == "unknown-facts");
        plan.Withheld.Should().Contain(step => step.Why.Contains("Get-CASMailbox", StringComparison.Ordinal))
            .And.Contain(step => step.Why.Contains("tenant.securityDefaults.enabled", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sender_that_gets_through_needs_no_steps()
    {
        var plan = SomeTenant.Plan(Some.Answers());

        (plan.Complete, plan.Steps.Count, plan.Withheld.Count).Should().Be((true, 0, 0));
    }

    [Fact]
    public void A_wrong_password_is_not_something_that_a_plan_completes()
    {
        var plan = SomeTenant.Plan(Some.Answers(), "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.");

        plan.Complete.Should().BeFalse();
        plan.Withheld.Should().ContainSingle().Which.Reason.Should().Be("outside-the-tenant");
    }

    [Fact]
    public void An_account_of_a_shared_mailbox_is_not_enabled()
    {
        var answers = Some.Answers().WithAccount(false).With(AnswerNames.Mailbox,
            $$"""{ "Identity": "printer", "PrimarySmtpAddress": "{{Some.Mailbox}}", "EmailAddresses": [ "SMTP:{{Some.Mailbox}}" ], "RecipientTypeDetails": "SharedMailbox" }""");

        var plan = SomeTenant.Plan(answers);

        (plan.Complete, plan.Steps.Count).Should().Be((false, 0));
        plan.Withheld.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Operation = "enable-account", Reason = "not-applicable" });
    }

    [Fact]
    public void Another_sender_address_gets_the_permission_for_that_address()
    {
        var answers = Some.Answers().With(AnswerNames.RecipientPermission,
            """[ { "Identity": "sales", "Trustee": "NT AUTHORITY\\SELF", "AccessControlType": "Allow", "AccessRights": [ "SendAs" ] } ]""");

        var plan = SomeTenant.Plan(answers, submission: SomeTenant.Printer with { From = "sales@contoso.com" });

        plan.Complete.Should().BeTrue();
        Text(plan.Steps.Should().ContainSingle().Subject.Action).Should().Be(
            $$"""Add-RecipientPermission {"Identity":"sales@contoso.com","Trustee":"{{Some.Mailbox}}","AccessRights":["SendAs"],"Confirm":false}""");
    }

    [Fact]
    public void The_route_of_an_application_gets_the_steps_of_that_route()
    {
        var answers = Some.Answers().WithMailboxSwitch("true").WithSecurityDefaults(true)
            .With(AnswerNames.MailboxPermission, """[ { "Identity": "printer", "User": "NT AUTHORITY\\SELF", "AccessRights": [ "FullAccess" ], "Deny": false } ]""")
            .With(AnswerNames.ManagementRoleAssignment, "[]");

        var plan = SomeTenant.Plan(
            answers, submission: SomeTenant.Printer with { AppId = Some.AppId }, options: new() { TargetRoute = Route.OAuthApp });

        (plan.Complete, plan.Route).Should().Be((true, Route.OAuthApp));
        plan.Steps.Select(step => step.Operation).Should().Equal("enable-smtp-auth-on-mailbox", "add-full-access-for-app");
        Text(plan.Steps[1].Action).Should().Be(
            $$"""Add-MailboxPermission {"Identity":"{{Some.UserId}}","User":"{{Some.PrincipalId}}","AccessRights":["FullAccess"],"AutoMapping":false}""");
    }

    [Fact]
    public void An_application_that_exchange_does_not_know_is_registered_by_a_person_first()
    {
        var plan = SomeTenant.Plan(
            Some.Answers().With(AnswerNames.ServicePrincipal, "[]"),
            submission: SomeTenant.Printer with { AppId = Some.AppId },
            options: new() { TargetRoute = Route.OAuthApp });

        plan.Complete.Should().BeFalse();
        plan.Steps.Should().ContainSingle().Which.Action.Should().BeOfType<StepAction.Manual>();
        plan.Steps[0].PowerShell.Should().Contain($"'appId eq ''{Some.AppId}'''");
        plan.Withheld.Should().NotBeEmpty();
    }

    [Fact]
    public void Relaying_gets_a_connector_for_the_address_that_was_told()
    {
        var answers = Some.Answers().With(AnswerNames.InboundConnector, "[]");

        var told = SomeTenant.Plan(answers, options: new() { TargetRoute = Route.SmtpRelay });
        var untold = SomeTenant.Plan(answers, submission: new() { Mailbox = Some.Mailbox }, options: new() { TargetRoute = Route.SmtpRelay });

        told.Complete.Should().BeTrue();
        told.Steps.Should().ContainSingle().Which.Operation.Should().Be("new-inbound-connector");
        untold.Complete.Should().BeFalse();
        untold.Withheld.Should().ContainSingle().Which.Reason.Should().Be("not-applicable");
    }

    [Fact]
    public void A_route_that_cannot_be_planned_says_so()
    {
        var plan = SomeTenant.Plan(Some.Answers(), options: new() { TargetRoute = Route.HighVolumeEmail });

        (plan.Complete, plan.Steps.Count).Should().Be((false, 0));
        plan.Withheld.Should().ContainSingle().Which.Reason.Should().Be("not-planned");
    }

    [Fact]
    public void The_other_routes_stand_beside_the_plan_best_first()
    {
        var plan = SomeTenant.Plan(Some.Answers().WithSecurityDefaults(true), submission: SomeTenant.Printer with { AppId = Some.AppId });

        plan.Alternatives.Select(alternative => alternative.Route).Should().BeEquivalentTo(Routes.All.Where(route => route != Route.Basic));
        plan.Alternatives.TakeWhile(alternative => alternative.Complete).Select(alternative => alternative.Route)
            .Should().Equal(Route.OAuthDelegated, Route.OAuthApp, Route.SmtpRelay, Route.DirectSend);
        plan.Alternatives.Should().OnlyContain(alternative => alternative.Why.Length > 0);
        plan.Alternatives.Single(alternative => alternative.Route == Route.HighVolumeEmail).Until.Should().Be(new(2028, 9, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_route_that_reaches_nobody_outside_is_never_the_best_alternative()
    {
        var plan = SomeTenant.Plan(Some.Answers().WithAccount(false).WithMfa("enforced"), submission: new() { Mailbox = Some.Mailbox });

        plan.Alternatives[0].Route.Should().NotBe(Route.DirectSend);
        plan.Alternatives.Should().Contain(alternative => alternative.Route == Route.DirectSend && alternative.Complete);
    }

    [Fact]
    public void More_policies_than_a_tenant_can_hold_give_no_steps_but_a_reason()
    {
        var policies = Enumerable.Range(0, 201).Select(index => Some.Policy(policy => policy["id"] = $"77777777-aaaa-4bbb-8ccc-{index:d12}"));

        var plan = SomeTenant.Plan(Some.Answers().WithPolicies([.. policies]), options: new() { AcceptedRisks = EveryRisk });

        (plan.Complete, plan.Steps.Count).Should().Be((false, 0));
        plan.Withheld.Should().ContainSingle().Which.Reason.Should().Be("too-many-steps");
    }

    [Fact]
    public void As_many_policies_as_a_tenant_can_hold_get_a_step_each()
    {
        var policies = Enumerable.Range(0, 195).Select(index => Some.Policy(policy => policy["id"] = $"77777777-aaaa-4bbb-8ccc-{index:d12}"));

        var plan = SomeTenant.Plan(Some.Answers().WithPolicies([.. policies]), options: new() { AcceptedRisks = EveryRisk });

        (plan.Complete, plan.Steps.Count).Should().Be((true, 195));
    }

    [Fact]
    public void Texts_from_the_tenant_cannot_break_out_of_a_powershell_line()
    {
        const string Mailbox = "o'brien\u2019$(whoami)@contoso.com";
        var answers = Some.Answers().With(AnswerNames.CasMailbox,
            $$"""{ "PrimarySmtpAddress": "{{Mailbox}}", "EmailAddresses": [ "SMTP:{{Mailbox}}" ], "SmtpClientAuthenticationDisabled": true }""");

        var plan = SomeTenant.Plan(answers, submission: new() { Mailbox = Mailbox });

        plan.Steps.Single(step => step.Operation == "enable-smtp-auth-on-mailbox").PowerShell
            .Should().Be("Set-CASMailbox -Identity 'o''brien\u2019\u2019$(whoami)@contoso.com' -SmtpClientAuthenticationDisabled $false");
    }

    [Fact]
    public void The_plan_is_dated_by_the_clock_and_expires_a_day_later()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Now);

        var plan = SomeTenant.Plan(Some.Answers(), options: new() { Clock = clock });

        (plan.CreatedAt, plan.Expires, plan.TenantId).Should().Be((Some.Now, Some.Now.AddHours(24), Some.TenantId));
    }

    private static TenantAnswers Wrong(string wrong) => wrong switch
    {
        "defaults" => Some.Answers().WithSecurityDefaults(true),
        "mfa" => Some.Answers().WithMfa("enforced"),
        _ => Some.Answers().WithPolicies(Some.Policy()),
    };

    private static string Text(StepAction action) => action switch
    {
        StepAction.Cmdlet cmdlet => $"{cmdlet.Name} {cmdlet.Parameters.ToJsonString(Plain)}",
        _ => action.ToString(),
    };

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
