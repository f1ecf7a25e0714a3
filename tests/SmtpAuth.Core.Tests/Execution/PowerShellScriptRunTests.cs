using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>The script, run by the real PowerShell engine against the small tenant.</summary>
public class PowerShellScriptRunTests
{
    // What the engine alone lacks, and the two modules' commands over the small tenant.
    private const string Surroundings = """
        function Write-Host($Text) { $Said.Add($Text) }
        function Write-Warning($Text) { $Said.Add($Text) }
        function Start-Sleep { }
        function Get-CASMailbox($Identity) { $World.Read('exchange/Get-CASMailbox') }
        function Get-TransportConfig { $World.Read('exchange/Get-TransportConfig') }
        function Set-CASMailbox($Identity, $SmtpClientAuthenticationDisabled) { $World.Set('Set-CASMailbox', $SmtpClientAuthenticationDisabled) }
        function Set-TransportConfig($SmtpClientAuthenticationDisabled) { $World.Set('Set-TransportConfig', $SmtpClientAuthenticationDisabled) }
        function Invoke-MgGraphRequest($Method, $Uri, $Body, $ContentType, $OutputType) { $World.Graph($Method, $Uri, $Body) }
        """;

    private readonly World _world = new();

    private static RemediationPlan Plan => SomePlan.With(
        SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch(), SomePlan.SecurityDefaultsOff(), SomePlan.CreatePolicy(), SomePlan.EnablePolicy()) with
    {
        Expires = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void It_applies_a_plan_once_and_takes_it_back()
    {
        var before = _world.Tenant.Snapshot;

        Run(Plan);

        _world.Tenant.Get(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled")!.GetValue<bool>().Should().BeFalse();
        _world.Tenant.Get(AnswerNames.SecurityDefaults, "isEnabled")!.GetValue<bool>().Should().BeFalse();
        _world.Tenant.Policies.Single()!["state"]!.ToString().Should().Be("enabled");

        Run(Plan, "-Undo");

        _world.Tenant.Snapshot.Should().Be(before);
        _world.Tenant.Writes.Should().HaveCount(10);
    }

    [Fact]
    public void Run_again_it_writes_nothing()
    {
        var plan = SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.CreatePolicy()) with { Expires = Plan.Expires };
        Run(plan);
        var after = _world.Tenant.Snapshot;

        Run(plan);

        (_world.Tenant.Snapshot, _world.Tenant.Writes.Count).Should().Be((after, 2));
        _world.Said.Should().Contain("s1 (set-mailbox-switch): is so already.");
    }

    [Fact]
    public void It_stops_at_the_first_value_that_someone_else_changed()
    {
        _world.Tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", true);

        var running = () => Run(Plan);

        running.Should().Throw<RuntimeException>().WithMessage("s1 (set-mailbox-switch): the value is neither as planned before*");
        _world.Tenant.Writes.Should().BeEmpty();
    }

    [Fact]
    public void It_does_not_apply_an_expired_plan_but_takes_it_back()
    {
        Run(Plan);
        var expired = Plan with { Expires = SkippingTime.Start.AddYears(-1) };

        ((Action)(() => Run(expired))).Should().Throw<RuntimeException>().WithMessage("The plan has expired*");
        Run(expired, "-Undo");

        _world.Tenant.Policies.Should().BeEmpty();
    }

    private void Run(RemediationPlan plan, string arguments = "")
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.SetVariable("World", _world);
        runspace.SessionStateProxy.SetVariable("Said", _world.Said);
        using var shell = PowerShell.Create(runspace);
        shell.AddScript($"{Surroundings}\n& {{\n{PowerShellScript.Render(plan)}\n}} {arguments}").Invoke();
    }

    private sealed class World
    {
        public SmallTenant Tenant { get; } = new();

        public List<string> Said { get; } = [];

        public object? Read(string answer) => ToPowerShell(Tenant.State[answer]);

        public void Set(string cmdlet, object? value) => Execute(new StepAction.Cmdlet(
            cmdlet, new JsonObject { ["SmtpClientAuthenticationDisabled"] = value is null ? null : (bool)Unwrap(value) }));

        public object? Graph(string method, string uri, string? body)
        {
            var path = uri["/v1.0".Length..];
            if (method != "GET")
            {
                Execute(new StepAction.GraphRequest(method, "v1.0", path, string.IsNullOrEmpty(body) ? null : JsonNode.Parse(body)));
                return null;
            }

            return ToPowerShell(Tenant.State[path.Contains("conditionalAccess", StringComparison.Ordinal)
                ? AnswerNames.ConditionalAccessPolicies
                : AnswerNames.SecurityDefaults]);
        }

        private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;

        private static object? ToPowerShell(JsonNode? node) => node switch
        {
            JsonObject members => members.Aggregate(new PSObject(), (made, member) =>
            {
                made.Properties.Add(new PSNoteProperty(member.Key, ToPowerShell(member.Value)));
                return made;
            }),
            JsonArray items => items.Select(ToPowerShell).ToArray(),
            JsonValue value when value.TryGetValue<bool>(out var boolean) => boolean,
            _ => node?.ToString(),
        };

        private void Execute(StepAction action) =>
            Tenant.ExecuteAsync(action, default).GetAwaiter().GetResult().Should().BeOfType<StepOutcome.Accepted>();
    }
}
