using Microsoft.Extensions.Time.Testing;

namespace SmtpAuth.Testing.Tests;

/// <summary>Delays, stale reads, limits and faults, all by the tenant's clock and never by chance.</summary>
public sealed class TimeAndFaultTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Start);

    [Theory]
    [InlineData("mailbox switch")]
    [InlineData("organization switch")]
    [InlineData("authentication policy")]
    [InlineData("security defaults")]
    [InlineData("conditional access")]
    [InlineData("per-user mfa")]
    public async Task A_change_shows_at_once_and_counts_only_after_its_delay(string setting)
    {
        await using var tenant = await EmulatedTenant.StartAsync(_clock, t =>
        {
            t.OrganizationSmtpAuthDisabled(setting is "mailbox switch" or "organization switch")
                .SecurityDefaults(setting == "security defaults")
                .AuthenticationPolicy("Block", allowBasicAuthSmtp: false, organizationDefault: setting == "authentication policy")
                .Delays(delays => delays.All(TimeSpan.FromMinutes(10)))
                .WithUser(Submission.Printer, u => u.Password(Submission.Password).PerUserMfa(setting == "per-user mfa" ? "enforced" : "disabled"));
            if (setting == "conditional access")
            {
                t.ConditionalAccessPolicy(p => p.BlockLegacyAuthentication());
            }
        });
        using var admin = new AdminClient(tenant);
        (await Submission.LoginAsync(tenant)).Should().NotBeNull();

        var answer = setting switch
        {
            "mailbox switch" => await admin.CmdletAsync("Set-CASMailbox", """{"Identity":"printer","SmtpClientAuthenticationDisabled":false}"""),
            "organization switch" => await admin.CmdletAsync("Set-TransportConfig", """{"SmtpClientAuthenticationDisabled":false}"""),
            "authentication policy" => await admin.CmdletAsync("Set-AuthenticationPolicy", """{"Identity":"Block","AllowBasicAuthSmtp":true}"""),
            "security defaults" => await admin.SendAsync(HttpMethod.Patch, "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", """{"isEnabled":false}"""),
            "conditional access" => await admin.SendAsync(
                HttpMethod.Delete, $"/v1.0/identity/conditionalAccess/policies/{tenant.State.All(ObjectKinds.ConditionalAccessPolicies)[0]["id"]}", null),
            _ => await admin.SendAsync(HttpMethod.Patch, "/beta/users/printer@contoso.example/authentication/requirements", """{"perUserMfaState":"disabled"}"""),
        };
        answer.Status.Should().BeInRange(200, 204);
        tenant.Changes.Should().NotBeEmpty();
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        (await Submission.LoginAsync(tenant)).Should().NotBeNull();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await Submission.LoginAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task Resetting_the_tokens_of_a_user_brings_a_policy_change_forward_to_half_an_hour()
    {
        await using var tenant = await EmulatedTenant.StartAsync(_clock, t => t
            .OrganizationSmtpAuthDisabled(false)
            .AuthenticationPolicy("Block", allowBasicAuthSmtp: false, organizationDefault: true)
            .AuthenticationPolicy("Allow", allowBasicAuthSmtp: true)
            .Delays(delays => delays.AuthenticationPolicy = TimeSpan.FromHours(24))
            .WithUser(Submission.Printer, u => u.Password(Submission.Password)));
        using var admin = new AdminClient(tenant);
        await admin.CmdletAsync("Set-User", """{"Identity":"printer","AuthenticationPolicy":"Allow"}""");
        _clock.Advance(TimeSpan.FromHours(1));
        (await Submission.LoginAsync(tenant)).Should().NotBeNull();
        await admin.CmdletAsync("Set-User", """{"Identity":"printer","StsRefreshTokensValidFrom":"2026-11-25T09:00:00Z"}""");
        (await Submission.LoginAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task A_read_after_a_write_can_be_stale_for_a_while()
    {
        await using var tenant = await EmulatedTenant.StartAsync(_clock, t => t
            .Behave(behavior => (behavior.StaleExchangeReads, behavior.StaleGraphReads) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30)))
            .WithUser(Submission.Printer, u => u.PerUserMfa("enforced")));
        using var admin = new AdminClient(tenant);
        async Task<string?> ReadAsync() => (await admin.CmdletAsync("Get-CASMailbox", """{"Identity":"printer"}""")).Values[0]!["SmtpClientAuthenticationDisabled"]?.ToString();
        async Task<string?> MfaAsync() => (await admin.GetAsync("/beta/users/printer@contoso.example/authentication/requirements")).Json["perUserMfaState"]?.ToString();

        await admin.CmdletAsync("Set-CASMailbox", """{"Identity":"printer","SmtpClientAuthenticationDisabled":false}""");
        await admin.SendAsync(HttpMethod.Patch, "/beta/users/printer@contoso.example/authentication/requirements", """{"perUserMfaState":"disabled"}""");
        (await ReadAsync(), await MfaAsync()).Should().Be((null, "enforced"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await ReadAsync(), await MfaAsync()).Should().Be((null, "disabled"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await ReadAsync(), await MfaAsync()).Should().Be(("false", "disabled"));
    }

    [Fact]
    public async Task Retirement_begins_at_its_moment()
    {
        await using var tenant = await EmulatedTenant.StartAsync(_clock, t => t
            .OrganizationSmtpAuthDisabled(false).BasicAuthenticationRetiredFrom(Start.AddHours(1)).WithUser(Submission.Printer, u => u.Password(Submission.Password)));
        (await Submission.LoginAsync(tenant)).Should().BeNull();
        _clock.Advance(TimeSpan.FromHours(1));
        (await Submission.LoginAsync(tenant)).Should().Be("550 5.7.30 Basic authentication is not supported for Client Submission.");
        tenant.SignIns.Should().ContainSingle();
    }

    [Theory]
    [InlineData(EmulatedService.Graph, false)]
    [InlineData(EmulatedService.Exchange, false)]
    [InlineData(EmulatedService.Exchange, true)]
    public async Task Throttling_says_when_to_come_back_in_seconds_or_as_a_date(EmulatedService service, bool asDate)
    {
        await using var tenant = await EmulatedTenant.StartAsync(_clock, t => t.WithFault(new Fault(service, FaultKind.TooManyRequests)
        {
            RetryAfter = TimeSpan.FromSeconds(90),
            RetryAfterAsDate = asDate,
        }));
        using var admin = new AdminClient(tenant);
        Task<HttpAnswer> Call() => service == EmulatedService.Graph ? admin.GetAsync("/v1.0/organization") : admin.CmdletAsync("Get-TransportConfig");

        var answer = await Call();
        (answer.Status, answer.ErrorCode).Should().Be((429, "TooManyRequests"));
        answer.Headers["Retry-After"].Should().Be(asDate ? "Wed, 25 Nov 2026 08:01:30 GMT" : "90");
        answer.Headers["Date"].Should().Be("Wed, 25 Nov 2026 08:00:00 GMT");
        (await Call()).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_connection_drops_before_or_after_the_write_took_effect()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .WithFault(new Fault(EmulatedService.Exchange, FaultKind.DropBefore) { Target = "Set-TransportConfig" })
            .WithFault(new Fault(EmulatedService.Exchange, FaultKind.DropAfter) { Target = "Set-TransportConfig" }));
        using var admin = new AdminClient(tenant);
        var set = () => admin.CmdletAsync("Set-TransportConfig", """{"SmtpClientAuthenticationDisabled":false}""");

        await set.Should().ThrowAsync<HttpRequestException>();
        tenant.State.OrganizationSmtpAuthDisabled.Should().BeTrue();
        await set.Should().ThrowAsync<HttpRequestException>();
        tenant.State.OrganizationSmtpAuthDisabled.Should().BeFalse();
        (await set()).Status.Should().Be(200);
        tenant.Requests.Select(request => (request.Cmdlet, request.Status)).Should()
            .Equal(("Set-TransportConfig", 0), ("Set-TransportConfig", 0), ("Set-TransportConfig", 200));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults()
    {
        async Task<string> RunAsync(int seed)
        {
            await using var tenant = await EmulatedTenant.StartAsync(t => t
                .Seed(seed).WithFault(new Fault(EmulatedService.Graph, FaultKind.ServiceUnavailable) { Probability = 0.4, Times = int.MaxValue }));
            using var admin = new AdminClient(tenant);
            var statuses = new List<int>();
            for (var request = 0; request < 30; request++)
            {
                statuses.Add((await admin.GetAsync("/v1.0/organization")).Status);
            }

            return string.Join(',', statuses);
        }

        var first = await RunAsync(7);
        first.Should().Contain("200").And.Contain("503");
        (await RunAsync(7)).Should().Be(first);
        (await RunAsync(8)).Should().NotBe(first);
    }

    [Fact]
    public async Task Published_limits_are_kept_when_asked_for()
    {
        await using var tenant = await EmulatedTenant.StartAsync(_clock, t => t.Behave(behavior => behavior.EnforceGraphLimits = true));
        using var admin = new AdminClient(tenant);
        const string Policies = "/v1.0/identity/conditionalAccess/policies";

        (await admin.GetAsync(Policies)).Status.Should().Be(200);
        var refused = await admin.GetAsync(Policies);
        refused.Status.Should().Be(429);
        refused.Headers.Should().NotContainKey("Retry-After");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await admin.GetAsync(Policies)).Status.Should().Be(200);
        for (var request = 0; request < 5; request++)
        {
            (await admin.GetAsync("/v1.0/auditLogs/signIns")).Status.Should().Be(200);
        }

        (await admin.GetAsync("/v1.0/auditLogs/signIns")).Headers["Retry-After"].Should().Be("10");
    }

    [Fact]
    public async Task A_submission_meets_replies_drops_and_delays_as_told()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(false)
            .WithUser(Submission.Printer, u => u.Password(Submission.Password))
            .WithFault(new Fault(EmulatedService.Smtp, FaultKind.Reply) { Target = "AUTH", Reply = "454 4.7.0 Temporary authentication failure" })
            .WithFault(new Fault(EmulatedService.Smtp, FaultKind.Reply) { Target = "END-OF-DATA", Reply = "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException" })
            .WithFault(new Fault(EmulatedService.Smtp, FaultKind.DropBefore) { Target = "CONNECT", After = 2 })
            .WithFault(new Fault(EmulatedService.Smtp, FaultKind.DropAfter) { Target = "END-OF-DATA" }));

        (await Submission.SendAsync(tenant)).Should().Be("454 4.7.0 Temporary authentication failure");
        (await Submission.SendAsync(tenant)).Should().StartWith("554 5.2.2 mailbox full");
        var dropped = () => Submission.SendAsync(tenant);
        await dropped.Should().ThrowAsync<Exception>();
        await dropped.Should().ThrowAsync<Exception>();
        tenant.Accepted.Should().ContainSingle("the connection dropped after the message was taken");
        (await Submission.SendAsync(tenant)).Should().BeNull();
    }
}
