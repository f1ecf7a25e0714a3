using System.Text.Json.Nodes;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Journal.Sqlite;

/// <summary>The small tenant in a file, so that it outlives the process that changes it. Each write replaces the file at once.</summary>
internal sealed class FileTenant(string path) : ITenantReader, IStepExecutor
{
    public string Name => "file";

    public string State => Load().Snapshot;

    public IReadOnlyList<string> Writes => Load().Writes;

    public bool CanRead(string answer) => true;

    public bool CanExecute(StepAction action) => action is not StepAction.Manual;

    public void Save(SmallTenant tenant)
    {
        var content = new JsonObject
        {
            ["state"] = tenant.State.DeepClone(),
            ["writes"] = new JsonArray([.. tenant.Writes.Select(write => (JsonNode)write)]),
        };
        File.WriteAllText(path + ".new", content.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
    }

    public Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken) =>
        Load().ReadAsync(submission, answers, cancellationToken);

    public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        var tenant = Load();
        var outcome = await tenant.ExecuteAsync(action, cancellationToken);
        Save(tenant);
        return outcome;
    }

    private SmallTenant Load()
    {
        var content = JsonNode.Parse(File.ReadAllText(path))!;
        var tenant = new SmallTenant();
        foreach (var answer in content["state"]!.AsObject())
        {
            tenant.State[answer.Key] = answer.Value?.DeepClone();
        }

        tenant.Writes.AddRange(content["writes"]!.AsArray().Select(write => write!.GetValue<string>()));
        return tenant;
    }
}
