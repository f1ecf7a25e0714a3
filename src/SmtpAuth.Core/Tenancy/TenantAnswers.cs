namespace SmtpAuth.Tenancy;

/// <summary>The answers of one tenant at one moment. An answer that is not there is a failed one, never an empty one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TenantAnswers
{
    private readonly Dictionary<string, TenantAnswer> _answers;

    private TenantAnswers(Dictionary<string, TenantAnswer> answers) => _answers = answers;

    /// <summary>Gets the answers of a tenant that was not asked anything.</summary>
    public static TenantAnswers None { get; } = new([]);

    /// <summary>Gets the names of the answers that are there, failed ones included.</summary>
    public IReadOnlyCollection<string> Names => _answers.Keys;

    /// <summary>Gets an answer by name.</summary>
    /// <param name="name">One of <see cref="AnswerNames"/>.</param>
    /// <returns>The answer; where it was never asked for, a failed one that says so.</returns>
    public TenantAnswer this[string name] => _answers.TryGetValue(name, out var answer)
        ? answer
        : TenantAnswer.Failed(name, "It was not read.", name, null);

    /// <summary>Returns these answers with some added or replaced.</summary>
    /// <param name="answers">The answers to put in; later ones win.</param>
    /// <returns>A new set.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="answers"/> is <see langword="null"/>.</exception>
    public TenantAnswers With(params IEnumerable<TenantAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);

        var copy = new Dictionary<string, TenantAnswer>(_answers, StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            copy[answer.Name] = answer;
        }

        return new(copy);
    }
}
