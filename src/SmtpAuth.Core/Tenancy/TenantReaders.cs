namespace SmtpAuth.Tenancy;

/// <summary>Several readers as one: each answer is asked of the first reader that can read it, and of no other.</summary>
/// <remarks>As thread-safe as the readers are.</remarks>
public sealed class TenantReaders : ITenantReader
{
    private readonly ITenantReader[] _readers;

    /// <summary>Initializes a new instance of the <see cref="TenantReaders"/> class.</summary>
    /// <param name="readers">The readers, the preferred one first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="readers"/> is <see langword="null"/>.</exception>
    public TenantReaders(params IEnumerable<ITenantReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        _readers = [.. readers];
    }

    /// <inheritdoc/>
    public bool CanRead(string answer) => Array.Exists(_readers, reader => reader.CanRead(answer));

    /// <summary>Reads answers, from all readers at the same time.</summary>
    /// <param name="submission">The sender whose mailbox and user are meant.</param>
    /// <param name="answers">The names to read; a name that repeats is read once, one that no reader can read gives a failed answer.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>One answer for each name, in order of the names, then the further ones that came along.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(answers);

        var wanted = answers.Distinct(StringComparer.Ordinal).ToList();
        var shares = wanted.GroupBy(name => Array.FindIndex(_readers, reader => reader.CanRead(name)))
            .Where(share => share.Key >= 0).Select(share => (Reader: _readers[share.Key], Names: share.ToList())).ToList();
        var read = await Task.WhenAll(shares.Select(share => share.Reader.ReadAsync(submission, share.Names, cancellationToken)))
            .ConfigureAwait(false);

        // What came along with one reader never replaces what another was asked for.
        var all = TenantAnswers.None.With(read.SelectMany(share => share));
        var asked = shares.Zip(read, (share, given) => given.Where(answer => share.Names.Contains(answer.Name))).SelectMany(given => given)
            .ToLookup(answer => answer.Name, StringComparer.Ordinal);
        return
        [
            .. wanted.Select(name => asked[name].FirstOrDefault() ?? Missing(name)),
            .. all.Names.Except(wanted).Select(name => all[name]),
        ];
    }

    private TenantAnswer Missing(string name) => TenantAnswer.Failed(
        name, CanRead(name) ? "The reader gave no answer." : "No connected system can read it.", name, null);
}
