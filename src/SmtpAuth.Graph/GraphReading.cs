using System.Text.Json;
using SmtpAuth.Http;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Graph;

/// <summary>Reads one answer.</summary>
internal sealed class GraphReading(GraphConnection connection, GraphUser user, string name)
{
    private static readonly JsonElement None = JsonDocument.Parse("[]").RootElement.Clone();

    /// <summary>Reads it.</summary>
    /// <param name="first">What the batch already gave for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<TenantAnswer> ReadAsync(CallResult? first, CancellationToken cancellationToken) => name switch
    {
        AnswerNames.User => ReadUserAsync(cancellationToken),
        AnswerNames.SignIns => ReadSignInsAsync(first, cancellationToken),
        _ when GraphAnswers.IsAboutUser(name) => ReadOfUserAsync(first, cancellationToken),
        _ => ReadPlainAsync(first, cancellationToken),
    };

    private async Task<TenantAnswer> ReadPlainAsync(CallResult? first, CancellationToken cancellationToken)
    {
        var result = await SendAsync(user.Mailbox, user.Mailbox, first, cancellationToken).ConfigureAwait(false);

        // A policy may still name a group that was deleted; it has no members.
        return result.Reply?.Status == 404 && GraphAnswers.GroupId(name) is not null && GraphError.Of(result.Reply).Code.Length > 0
            ? Absent()
            : await AnswerAsync(result, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TenantAnswer> ReadUserAsync(CancellationToken cancellationToken)
    {
        var finding = await user.FindAsync(cancellationToken).ConfigureAwait(false);
        return finding.IsAbsent ? Absent() : finding.Content is { } content ? Read(content) : NotFound(finding);
    }

    private async Task<TenantAnswer> ReadOfUserAsync(CallResult? first, CancellationToken cancellationToken)
    {
        var result = await SendAsync(user.Mailbox, user.Mailbox, first, cancellationToken).ConfigureAwait(false);
        if (result.Reply?.Status != 404)
        {
            return await AnswerAsync(result, cancellationToken).ConfigureAwait(false);
        }

        // The address may not be the user principal name.
        var finding = await user.FindAsync(cancellationToken).ConfigureAwait(false);
        if (finding.IsAbsent)
        {
            return Absent();
        }

        if (finding.Id is not { } id)
        {
            return NotFound(finding);
        }

        return await AnswerAsync(await SendAsync(id, user.Mailbox, null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    // The log is searched by user principal name, and a wrong one would look like "no sign-ins".
    private async Task<TenantAnswer> ReadSignInsAsync(CallResult? first, CancellationToken cancellationToken)
    {
        var finding = await user.FindAsync(cancellationToken).ConfigureAwait(false);
        if (finding.IsAbsent)
        {
            return Absent();
        }

        if (finding.PrincipalName is not { } principalName)
        {
            return NotFound(finding);
        }

        var isSame = string.Equals(principalName, user.Mailbox, StringComparison.OrdinalIgnoreCase);
        var result = await SendAsync(user.Mailbox, principalName, isSame ? first : null, cancellationToken).ConfigureAwait(false);
        return await AnswerAsync(result, cancellationToken).ConfigureAwait(false);
    }

    private Task<CallResult> SendAsync(string userId, string principalName, CallResult? first, CancellationToken cancellationToken) =>
        connection.SendAsync(CallKind.Read, () => GraphAnswers.Request(connection, name, userId, principalName), first, cancellationToken);

    private async Task<TenantAnswer> AnswerAsync(CallResult result, CancellationToken cancellationToken)
    {
        if (GraphFailure.OfRead(result, GraphAnswers.Permission(name)) is { } failure)
        {
            return TenantAnswer.Failed(name, failure, Source, connection.Time.GetUtcNow());
        }

        var content = result.Reply!.Json!.Value;
        return Read(GraphAnswers.HasPages(name) ? await GraphPages.ReadAsync(connection, content, cancellationToken).ConfigureAwait(false) : content);
    }

    private TenantAnswer Read(JsonElement content) => TenantAnswer.Read(name, content, Source, connection.Time.GetUtcNow());

    private TenantAnswer Absent() => Read(None);

    private TenantAnswer NotFound(GraphUser.Finding finding)
    {
        var failure = finding.Content is not null ? "More than one user has this address, so none can be chosen."
            : GraphFailure.OfRead(finding.Result, GraphAnswers.Permission(AnswerNames.User)) ?? "The user was given without an id.";
        return TenantAnswer.Failed(
            name,
            finding.IsSearch ? $"No user has the user principal name {user.Mailbox}, and the search by address did not settle it: {failure}" : failure,
            Source,
            connection.Time.GetUtcNow());
    }

    private string Source
    {
        get
        {
            var request = GraphAnswers.Request(connection, name, user.Mailbox, user.Mailbox);
            return "GET " + Uri.UnescapeDataString(request.URI.PathAndQuery);
        }
    }
}
