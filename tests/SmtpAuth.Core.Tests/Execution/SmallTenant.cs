using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>What goes wrong with one call.</summary>
public enum Fault
{
    None,
    LostBeforeWrite,
    LostAfterWrite,
    ThrowsAfterWrite,
    Refused,
    RefusedForPermission,
}

/// <summary>A tenant of a few answers that change when actions are executed, with faults on request.</summary>
internal sealed class SmallTenant : ITenantReader, IStepExecutor
{
    public const string Mailbox = "printer@contoso.example";

    private readonly Queue<(int Reads, JsonObject State)> _stale = new();
    private int _created;

    public JsonObject State { get; } = new()
    {
        [AnswerNames.CasMailbox] = new JsonObject
        {
            ["PrimarySmtpAddress"] = Mailbox,
            ["SmtpClientAuthenticationDisabled"] = null,
        },
        [AnswerNames.TransportConfig] = new JsonObject { ["SmtpClientAuthenticationDisabled"] = true },
        [AnswerNames.SecurityDefaults] = new JsonObject { ["id"] = "00000000-0000-0000-0000-000000000005", ["isEnabled"] = true },
        [AnswerNames.UserAuthenticationRequirements] = new JsonObject { ["perUserMfaState"] = "enforced" },
        [AnswerNames.ConditionalAccessPolicies] = new JsonObject { ["value"] = new JsonArray() },
    };

    public List<string> Writes { get; } = [];

    public List<string> MissingPermissions { get; } = [];

    public HashSet<string> Unreadable { get; } = [];

    public Queue<Fault> Faults { get; } = new();

    /// <summary>Gets or sets how many reads after a write still show the state before it.</summary>
    public int StaleReads { get; set; }

    /// <summary>Gets or sets what happens just before a call is made.</summary>
    public Action<StepAction>? BeforeWrite { get; set; }

    /// <summary>Gets or sets what happens just before a read.</summary>
    public Action? BeforeRead { get; set; }

    /// <summary>Gets or sets what is asked before a call answers.</summary>
    public Func<CancellationToken, Task>? InFlight { get; set; }

    public string Name => "small";

    public string Snapshot => State.ToJsonString();

    public bool CanRead(string answer) => true;

    public bool CanExecute(StepAction action) => action is not StepAction.Manual;

    public Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeRead?.Invoke();
        var state = State;
        if (_stale.Count > 0)
        {
            var (reads, old) = _stale.Dequeue();
            state = old;
            if (reads > 1)
            {
                _stale.Enqueue((reads - 1, old));
            }
        }

        return Task.FromResult<IReadOnlyList<TenantAnswer>>([.. answers.Select(name =>
            Unreadable.Contains(name) || state[name] is not { } content
                ? TenantAnswer.Failed(name, "It is not readable.", name, null)
                : TenantAnswer.Read(name, JsonSerializer.SerializeToElement(content), name, null))]);
    }

    public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. MissingPermissions]);

    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeWrite?.Invoke(action);
        var fault = Faults.TryDequeue(out var next) ? next : Fault.None;
        switch (fault)
        {
            case Fault.LostBeforeWrite:
                return new StepOutcome.Uncertain("The connection was reset.");
            case Fault.Refused:
                return new StepOutcome.Refused("The service does not like it.");
            case Fault.RefusedForPermission:
                return new StepOutcome.Refused("The role is missing.", MissingPermission: true);
        }

        var old = (JsonObject)State.DeepClone();
        var created = Change(action);
        Writes.Add(Describe(action));
        if (StaleReads > 0)
        {
            _stale.Clear();
            _stale.Enqueue((StaleReads, old));
        }

        if (InFlight is not null)
        {
            await InFlight(cancellationToken);
        }

        return fault switch
        {
            Fault.LostAfterWrite => new StepOutcome.Uncertain("The connection was reset."),
            Fault.ThrowsAfterWrite => throw new HttpRequestException("The connection was reset."),
            _ => new StepOutcome.Accepted(created),
        };
    }

    /// <summary>Lets reads show the state as it is from now on.</summary>
    public void Settle() => _stale.Clear();

    public JsonArray Policies => State[AnswerNames.ConditionalAccessPolicies]!["value"]!.AsArray();

    public void Set(string answer, string property, JsonNode? value) => State[answer]![property] = value;

    public JsonNode? Get(string answer, string property) => State[answer]![property];

    private static string Describe(StepAction action) => action switch
    {
        StepAction.Cmdlet cmdlet => $"{cmdlet.Name} {cmdlet.Parameters.ToJsonString()}",
        StepAction.GraphRequest request => $"{request.Method} {request.Path} {request.Body?.ToJsonString()}",
        _ => "by hand",
    };

    private JsonObject? Change(StepAction action)
    {
        switch (action)
        {
            case StepAction.Cmdlet { Name: "Set-CASMailbox" } cmdlet:
                Merge(State[AnswerNames.CasMailbox]!, cmdlet.Parameters);
                return null;
            case StepAction.Cmdlet { Name: "Set-TransportConfig" } cmdlet:
                Merge(State[AnswerNames.TransportConfig]!, cmdlet.Parameters);
                return null;
            case StepAction.GraphRequest { Path: "/policies/identitySecurityDefaultsEnforcementPolicy" } request:
                Merge(State[AnswerNames.SecurityDefaults]!, request.Body!.AsObject());
                return null;
            case StepAction.GraphRequest { Path: "/users/printer/authentication/requirements" } request:
                Merge(State[AnswerNames.UserAuthenticationRequirements]!, request.Body!.AsObject());
                return null;
            case StepAction.GraphRequest { Method: "POST" } request:
                var policy = request.Body!.DeepClone().AsObject();
                policy["id"] = $"policy-{++_created}";
                policy["secretText"] = "canary-4711";
                Policies.Add(policy);
                return policy.DeepClone().AsObject();
            case StepAction.GraphRequest request:
                var id = request.Path.Split('/')[^1];
                var found = Policies.Single(item => item!["id"]!.ToString() == id)!;
                if (request.Method == "DELETE")
                {
                    Policies.Remove(found);
                }
                else
                {
                    Merge(found, request.Body!.AsObject());
                }

                return null;
            default:
                throw new InvalidOperationException($"The small tenant has no {Describe(action)}.");
        }
    }

    private static void Merge(JsonNode target, JsonObject changes)
    {
        foreach (var change in changes.Where(change => change.Key != "Identity"))
        {
            target[change.Key] = change.Value?.DeepClone();
        }
    }
}
