namespace SmtpAuth.Tenancy;

/// <summary>Reads from answers that are already there: recorded ones, or those of an earlier read.</summary>
/// <param name="answers">The answers.</param>
/// <remarks>Thread-safe. Does no I/O.</remarks>
public sealed class RecordedTenantReader(TenantAnswers answers) : ITenantReader
{
    private readonly TenantAnswers _answers = answers ?? throw new ArgumentNullException(nameof(answers));

    /// <inheritdoc/>
    public bool CanRead(string answer) => _answers.Names.Contains(answer);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<IReadOnlyList<TenantAnswer>>(cancellationToken)
            : Task.FromResult<IReadOnlyList<TenantAnswer>>([.. answers.Select(name => _answers[name])]);
    }
}
