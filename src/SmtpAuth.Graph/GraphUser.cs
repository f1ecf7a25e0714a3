using System.Text.Json;
using SmtpAuth.Http;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Graph;

/// <summary>Finds the user who owns a mailbox, once: by user principal name, then by address.</summary>
internal sealed class GraphUser(GraphConnection connection, string mailbox, CallResult? first) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Finding? _finding;

    public string Mailbox => mailbox;

    /// <summary>Finds the user.</summary>
    public async Task<Finding> FindAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _finding ??= await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var result = await connection.SendAsync(
            CallKind.Read, () => GraphAnswers.Request(connection, AnswerNames.User, mailbox, mailbox), first, cancellationToken).ConfigureAwait(false);
        if (result.Reply?.Status != 404)
        {
            return result.Reply is { IsSuccess: true, Json: { } content } ? Finding.Of(result, content) : new Finding { Result = result };
        }

        // Equality is without case, so this finds primary and other addresses alike.
        var address = GraphAnswers.Quoted(mailbox);
        foreach (var filter in new[] { $"proxyAddresses/any(p:p eq 'smtp:{address}')", $"mail eq '{address}'" })
        {
            var search = await connection.SendAsync(
                CallKind.Read, () => GraphAnswers.Search(connection, filter), null, cancellationToken).ConfigureAwait(false);
            if (search.Reply is not { IsSuccess: true, Json: { } page })
            {
                return new Finding { Result = search, IsSearch = true };
            }

            var found = GraphPages.Values(page).ToList();
            if (found.Count > 0)
            {
                return found.Count == 1 ? Finding.Of(search, found[0]) : new Finding { Result = search, Content = page, IsSearch = true };
            }
        }

        return new Finding { Result = result, IsAbsent = true };
    }

    /// <summary>What became of the search.</summary>
    internal sealed class Finding
    {
        public required CallResult Result { get; init; }

        /// <summary>Gets the user as the service gave it, or <see langword="null"/> where there is none or it is not known.</summary>
        public JsonElement? Content { get; init; }

        public string? Id { get; init; }

        public string? PrincipalName { get; init; }

        /// <summary>Gets a value indicating whether the service says that there is no such user.</summary>
        public bool IsAbsent { get; init; }

        /// <summary>Gets a value indicating whether it was the search by address that had no clear result.</summary>
        public bool IsSearch { get; init; }

        public static Finding Of(CallResult result, JsonElement user) => new()
        {
            Result = result,
            Content = user,
            Id = Text(user, "id"),
            PrincipalName = Text(user, "userPrincipalName"),
        };

        private static string? Text(JsonElement user, string member) =>
            user.ValueKind == JsonValueKind.Object && user.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }
}
