using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using SmtpAuth.Http;

namespace SmtpAuth.Exchange;

/// <summary>Carries out cmdlets over the administration endpoint that Microsoft's own module uses (InvokeCommand).</summary>
/// <remarks>
/// <para>As of 2026-11 that endpoint is not documented and not supported, and no other one has the settings of SMTP AUTH:
/// keep the way open to run the PowerShell lines of a plan by hand.</para>
/// <para>Thread-safe; at most three calls are under way at a time. The batch endpoint and the list of permitted cmdlets are
/// used where they exist and not needed.</para>
/// </remarks>
public sealed class ExchangeAdminApiCommands : IExchangeCommands, IDisposable
{
    private const int MostPages = 1000;

    private readonly ExchangeConnection _connection;
    private readonly ExchangeBatch? _batch;

    /// <summary>Initializes a new instance of the <see cref="ExchangeAdminApiCommands"/> class.</summary>
    /// <param name="cloud">The cloud the tenant is in.</param>
    /// <param name="tenantId">The tenant, by id or domain.</param>
    /// <param name="credential">Gives tokens for Exchange Online. It is not disposed of.</param>
    /// <param name="options">How the connection behaves, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="tenantId"/> is empty or no id or domain.</exception>
    public ExchangeAdminApiCommands(MicrosoftCloud cloud, string tenantId, TokenCredential credential, ExchangeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentException.ThrowIfNullOrWhiteSpace(tenantId);
        if (Uri.CheckHostName(tenantId) == UriHostNameType.Unknown)
        {
            throw new ArgumentException("Expected the tenant's id or one of its domains.", nameof(tenantId));
        }

        options ??= new();
        _connection = new ExchangeConnection(cloud, tenantId, credential, options);
        _batch = options.UseBatches ? new ExchangeBatch(_connection) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="command"/> is <see langword="null"/>.</exception>
    public Task<ExchangeResult> RunAsync(ExchangeCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return RunAsync(command, null, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="commands"/> is <see langword="null"/>.</exception>
    public async Task<IReadOnlyList<ExchangeResult>> ReadAllAsync(IReadOnlyList<ExchangeCommand> commands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commands);
        if (commands.FirstOrDefault(command => !command.IsRead) is { } write)
        {
            throw new ArgumentException($"{write.Name} does not only read. Run it by itself.", nameof(commands));
        }

        var replies = commands.Count > 1 && _batch is not null
            ? await _batch.SendAsync(commands, cancellationToken).ConfigureAwait(false)
            : new CallResult?[commands.Count];
        return await Task.WhenAll(commands.Select((command, index) => RunAsync(command, replies[index], cancellationToken))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ExchangePermissions> FindPermissionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _connection.ReadClaimsAsync(cancellationToken).ConfigureAwait(false) is { } claims
                && MissingPermission(claims) is { } missing)
            {
                return new() { Missing = [missing] };
            }
        }
        catch (TokenException error)
        {
            return new() { Missing = [error.Message] };
        }

        var result = await _connection.GetAsync(
            _connection.Address("v1.0", "EXOModuleFile?Version=3.9.2"), [new("CommandName", "*")], cancellationToken).ConfigureAwait(false);
        return result.Reply is { IsSuccess: true, Json: { } content } reply && ExchangeError.Of(reply) is null && Cmdlets(content) is { Count: > 0 } cmdlets
            ? new() { Cmdlets = cmdlets }
            : new();
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _connection.Dispose();

    internal static string Body(ExchangeCommand command) => new JsonObject
    {
        ["CmdletInput"] = new JsonObject
        {
            ["CmdletName"] = command.Name,
            ["Parameters"] = command.Parameters.DeepClone(),
        },
    }.ToJsonString();

    private static string? MissingPermission(TokenClaims claims) => (claims.Scopes, claims.Roles) switch
    {
        ({ } scopes, _) when !scopes.Any(scope => scope.StartsWith("Exchange.Manage", StringComparison.OrdinalIgnoreCase)) =>
            "The access token for Exchange Online lacks the delegated permission Exchange.Manage.",
        (null, { } roles) when !roles.Any(role => role.StartsWith("Exchange.ManageAsApp", StringComparison.OrdinalIgnoreCase)) =>
            "The access token for Exchange Online lacks the application permission Exchange.ManageAsApp.",
        _ => null,
    };

    private static HashSet<string> Cmdlets(JsonElement content) => new(
        ExchangeAnswer.Values(content)
            .Select(value => ExchangeAnswer.Text(ExchangeAnswer.Member(value, "exportedCmdlets")))
            .OfType<string>()
            .SelectMany(text => text.Split([',', ';', ' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
        StringComparer.OrdinalIgnoreCase);

    private async Task<ExchangeResult> RunAsync(ExchangeCommand command, CallResult? first, CancellationToken cancellationToken)
    {
        var result = await ReadPagesAsync(command, first, cancellationToken).ConfigureAwait(false);

        // Once, because the page may have been refused only for the server it came to; after that the list stays cut.
        return result is ExchangeResult.Answered { Incomplete: not null } answered && ExchangeAnswer.NextLink(answered.Content) is not null
            ? await ReadPagesAsync(command, null, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private async Task<ExchangeResult> ReadPagesAsync(ExchangeCommand command, CallResult? first, CancellationToken cancellationToken)
    {
        var body = Body(command);
        var result = await PostAsync(_connection.Address("beta", "InvokeCommand"), first).ConfigureAwait(false);
        if (ExchangeFailure.Of(command, result) is { } failure)
        {
            return failure;
        }

        var pages = new List<JsonElement> { result.Reply!.Json ?? default };
        var next = ExchangeAnswer.NextLink(pages[0]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (next is not null && command.IsRead)
        {
            if (pages.Count == MostPages || !seen.Add(next) || !Uri.TryCreate(_connection.Address("beta", "InvokeCommand"), next, out var address)
                || !_connection.Accepts(address))
            {
                break;
            }

            result = await PostAsync(address, null).ConfigureAwait(false);
            if (ExchangeFailure.Of(command, result) is not null || result.Reply!.Json is not { } page)
            {
                break;
            }

            pages.Add(page);
            next = ExchangeAnswer.NextLink(page);
        }

        return ExchangeAnswer.Join(pages, next);

        Task<CallResult> PostAsync(Uri address, CallResult? given) => _connection.PostAsync(
            command.IsRead ? CallKind.Read : CallKind.Write, address, _connection.CmdletHeaders(command.Name), body, given, cancellationToken);
    }
}
