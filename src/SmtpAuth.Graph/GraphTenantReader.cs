using SmtpAuth.Http;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Graph;

/// <summary>Reads the answers of Microsoft Graph, as the service gives them.</summary>
/// <remarks>
/// <para>What version 1.0 has travels in one batch where the service takes one; the rest are requests of their own. A user is
/// looked for by user principal name first and then by address.</para>
/// <para>Thread-safe. Nothing is cached and nothing is written.</para>
/// </remarks>
public sealed class GraphTenantReader : ITenantReader
{
    private readonly GraphConnection _connection;
    private readonly GraphBatch _batch;

    /// <summary>Initializes a new instance of the <see cref="GraphTenantReader"/> class.</summary>
    /// <param name="connection">The tenant. It is not disposed of.</param>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is <see langword="null"/>.</exception>
    public GraphTenantReader(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        _batch = new GraphBatch(connection);
    }

    /// <inheritdoc/>
    public bool CanRead(string answer) => answer is not null && GraphAnswers.IsKnown(answer);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A name is none that this reader can read, or the mailbox is empty.</exception>
    public async Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(answers);
        if (string.IsNullOrWhiteSpace(submission.Mailbox))
        {
            throw new ArgumentException("The mailbox is empty. Give its address.", nameof(submission));
        }

        var names = answers.Distinct(StringComparer.Ordinal).ToList();
        if (names.Find(name => !CanRead(name)) is { } unknown)
        {
            throw new ArgumentException($"Microsoft Graph does not give {unknown}. Ask CanRead first.", nameof(answers));
        }

        var given = await SendBatchAsync(names, submission.Mailbox, cancellationToken).ConfigureAwait(false);
        var user = new GraphUser(_connection, submission.Mailbox, names.Contains(AnswerNames.User) ? First(AnswerNames.User) : null);
        return await Task.WhenAll(names.Select(name => new GraphReading(_connection, user, name).ReadAsync(First(name), cancellationToken)))
            .ConfigureAwait(false);

        CallResult? First(string name) => given.TryGetValue(name, out var result) ? result : null;
    }

    private async Task<Dictionary<string, CallResult?>> SendBatchAsync(List<string> names, string mailbox, CancellationToken cancellationToken)
    {
        // Conditional Access takes one request a second, so only one of its answers travels in the batch.
        var together = names.Where(name => GraphAnswers.IsInVersionOne(name)
            && (name != AnswerNames.NamedLocations || !names.Contains(AnswerNames.ConditionalAccessPolicies))).ToList();
        if (together.Count < 2 || !_connection.UsesBatches)
        {
            return [];
        }

        var requests = together.ConvertAll(name => GraphAnswers.Request(_connection, name, mailbox, mailbox));
        var results = await _batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        return together.Select((name, index) => (name, results[index])).ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);
    }
}
