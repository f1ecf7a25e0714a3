using Azure.Core;
using SmtpAuth.Exchange;
using SmtpAuth.Execution;
using SmtpAuth.Graph;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Acceptance.Chaos;

/// <summary>An emulated tenant behind sockets, the real adapters, the runner and its journal.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private const string SenderId = "7d1f0c52-9b3e-4c86-a2d4-5e8f6b7a9c01";

    private static readonly Submission Sender = new() { Mailbox = "printer@contoso.example" };

    private static readonly string[] Risks = ["security-defaults-off", "conditional-access-exclusion", "per-user-mfa-off"];

    private readonly ChaosTime _service;
    private readonly ChaosTime _machine;
    private readonly GraphConnection _graph;
    private readonly ExchangeAdminApiCommands _exchange;
    private readonly ITenantReader[] _readers;
    private readonly PlanRunner _runner;

    private ChaosWorld(EmulatedTenant tenant, ChaosTime service)
    {
        _service = service;
        _machine = new(service);
        Tenant = tenant;
        Before = tenant.Snapshot();
        Journal = new(_machine);
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "the emulated cloud");
        _graph = new(
            cloud,
            new FreshTokens(() => tenant.IssueToken(TokenAudience.Graph), service),
            new() { TimeProvider = service, AttemptTimeout = ChaosTime.Limit });
        _exchange = new(
            cloud,
            tenant.TenantId,
            new FreshTokens(() => tenant.IssueToken(TokenAudience.Exchange), service),
            new() { TimeProvider = service, AttemptTimeout = ChaosTime.Limit });
        _readers = [new JumpingReader(new GraphTenantReader(_graph), this), new JumpingReader(new ExchangeTenantReader(_exchange), this)];
        IStepExecutor[] executors =
            [new WatchedExecutor(new GraphStepExecutor(_graph), this), new WatchedExecutor(new ExchangeStepExecutor(_exchange), this)];
        _runner = new(_readers, executors, Journal, time: _machine);
    }

    public EmulatedTenant Tenant { get; }

    public TenantSnapshot Before { get; }

    public InMemoryRunJournal Journal { get; }

    public int WritesWithoutIntent { get; private set; }

    /// <summary>Gets or sets by how much the machine's clock is set at every seventh read, in turn.</summary>
    public IReadOnlyList<TimeSpan> Jumps { get; set; } = [];

    public static async Task<ChaosWorld> StartAsync(int seed)
    {
        var time = new ChaosTime();
        return new(
            await EmulatedTenant.StartAsync(time, tenant => tenant
                .Seed(seed)
                .SecurityDefaults(true)
                .OrganizationSmtpAuthDisabled(true)
                .WithUser(Sender.Mailbox, user => user.ObjectId(SenderId).Password("Invented-Pa55word!").PerUserMfa("enforced"))),
            time);
    }

    /// <summary>Plans password submission in a tenant with security defaults, which Conditional Access replaces.</summary>
    public async Task<RemediationPlan> PlanAsync()
    {
        var remediator = new RemediatorBuilder().AddReader(_readers[0]).AddReader(_readers[1]).Build();
        var plan = await remediator.PlanAsync(
            null, Sender, new() { AcceptedRisks = Risks, Clock = _machine, Lifetime = TimeSpan.FromDays(365), TargetRoute = Route.Basic });
        return SecurityDefaultsReplacement.AddTo(plan, [SenderId]);
    }

    public async Task<RunReport> ApplyAsync(RemediationPlan plan, Approval approval) =>
        await LastAsync(_runner.ApplyAsync(plan, approval, Options("r1")));

    public async Task<RunReport> ResumeAsync(Approval approval)
    {
        // A lease that was not given back ends by the clock, which may have been set back meanwhile.
        _service.Advance(TimeSpan.FromHours(12));
        return await LastAsync(_runner.ResumeAsync("r1", approval, Options(null)));
    }

    public async Task<RunReport> UndoAsync()
    {
        _service.Advance(TimeSpan.FromHours(12));
        return await LastAsync(_runner.UndoAsync("r1", Options(null)));
    }

    public static Approval Approve(RemediationPlan plan) =>
        new(PlanHash.Compute(plan), "Ana Pop", ChaosTime.Start.AddDays(-9), ChaosTime.Start.AddYears(1));

    public async Task<AuditVerification> VerifyAsync() => await AuditLog.VerifyAsync(Journal.ReadAllAsync(default), null, default);

    public async ValueTask DisposeAsync()
    {
        _graph.Dispose();
        _exchange.Dispose();
        await Tenant.DisposeAsync();
    }

    // A call over a socket takes no time on this clock, so no lease is to be renewed while one is in flight.
    private static RunOptions Options(string? runId) => new() { RunId = runId, LeaseDuration = 4 * ChaosTime.Limit };

    private static async Task<RunReport> LastAsync(IAsyncEnumerable<RunEvent> events)
    {
        RunReport? report = null;
        await foreach (var next in events)
        {
            report = (next as RunEvent.RunFinished)?.Report ?? report;
        }

        return report!;
    }

    private async Task CheckIntentAsync()
    {
        var last = "";
        await foreach (var entry in Journal.ReadAllAsync(default))
        {
            last = entry.Kind;
        }

        WritesWithoutIntent += last == "step-intended" ? 0 : 1;
    }

    private sealed class FreshTokens(Func<string> issue, ChaosTime time) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(issue(), time.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class JumpingReader(ITenantReader inner, ChaosWorld world) : ITenantReader
    {
        private int _reads;

        public bool CanRead(string answer) => inner.CanRead(answer);

        public Task<IReadOnlyList<TenantAnswer>> ReadAsync(
            Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
        {
            if (++_reads % 7 == 0 && world.Jumps.Count > 0)
            {
                world._machine.Jump(world.Jumps[_reads / 7 % world.Jumps.Count]);
            }

            return inner.ReadAsync(submission, answers, cancellationToken);
        }
    }

    private sealed class WatchedExecutor(IStepExecutor inner, ChaosWorld world) : IStepExecutor
    {
        public string Name => inner.Name;

        public bool CanExecute(StepAction action) => inner.CanExecute(action);

        public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
            inner.FindMissingPermissionsAsync(steps, cancellationToken);

        public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
        {
            await world.CheckIntentAsync();
            return await inner.ExecuteAsync(action, cancellationToken);
        }
    }
}
