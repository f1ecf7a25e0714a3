using System.Text.Json.Nodes;
using Microsoft.Kiota.Abstractions;
using SmtpAuth.Execution;
using SmtpAuth.Http;
using SmtpAuth.Planning;

namespace SmtpAuth.Graph;

/// <summary>Makes the changes of a plan that are requests to Microsoft Graph.</summary>
/// <remarks>Only requests of a fixed list are made, and their bodies are sent as planned. Thread-safe.</remarks>
public sealed class GraphStepExecutor : IStepExecutor
{
    private readonly GraphConnection _connection;

    /// <summary>Initializes a new instance of the <see cref="GraphStepExecutor"/> class.</summary>
    /// <param name="connection">The tenant. It is not disposed of.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is <see langword="null"/>.</exception>
    public GraphStepExecutor(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
    }

    /// <inheritdoc/>
    public string Name => "graph";

    /// <inheritdoc/>
    public bool CanExecute(StepAction action) => action is StepAction.GraphRequest request && GraphRequests.IsPermitted(request);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="steps"/> is <see langword="null"/>.</exception>
    public async Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0)
        {
            return [];
        }

        try
        {
            return await _connection.ReadClaimsAsync(cancellationToken).ConfigureAwait(false) is { } claims
                ? GraphPermissions.FindMissing(claims, steps)
                : [];
        }
        catch (TokenException error)
        {
            return [error.Message];
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The action is none that <see cref="CanExecute"/> allows.</exception>
    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        if (action is not StepAction.GraphRequest request || !CanExecute(action))
        {
            throw new ArgumentException("Microsoft Graph does not make this call. Ask CanExecute first.", nameof(action));
        }

        var address = _connection.Address(request.Version, request.Path);
        var body = request.Body?.ToJsonString();
        var method = request.Method switch { "POST" => Method.POST, "PATCH" => Method.PATCH, _ => Method.DELETE };
        var result = await _connection.SendAsync(
            CallKind.Write, () => GraphConnection.Write(method, address, body), null, cancellationToken).ConfigureAwait(false);
        return GraphFailure.OfWrite(result) ?? new StepOutcome.Accepted(method == Method.POST ? Created(result.Reply!) : null);
    }

    private static JsonObject? Created(ServiceReply reply) =>
        reply.Json is { } content && JsonNode.Parse(content.GetRawText()) is JsonObject created ? created : null;
}
