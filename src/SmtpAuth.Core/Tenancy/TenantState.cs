namespace SmtpAuth.Tenancy;

/// <summary>Every fact about one sender at one moment: known with source and time, or unknown with the reason.</summary>
/// <remarks>
/// <para>A snapshot: reading it never calls a service. The facts are those of <see cref="FactCatalogue.Default"/>.</para>
/// <para>Deriving has one law: with an answer less, a fact keeps its value, says less, or becomes unknown. It never turns known
/// and never says something else (where answers contradict each other, the first one in the catalogue is believed).</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class TenantState
{
    private readonly Dictionary<string, Fact> _facts;

    private TenantState(IEnumerable<Fact> facts, Submission? submission, DateTimeOffset? asOf)
    {
        _facts = new(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            _facts[fact.Name] = fact;
        }

        Submission = submission;
        AsOf = asOf;
        foreach (var declared in FactCatalogue.Default.Facts)
        {
            if (!_facts.ContainsKey(declared.Name))
            {
                _facts.Add(declared.Name, Fact.Unknown(declared.Name, "It was not given.", declared.Name));
            }
        }
    }

    /// <summary>Gets the sender.</summary>
    /// <value><see langword="null"/> where the facts were given one by one.</value>
    public Submission? Submission { get; }

    /// <summary>Gets the time that dates are compared with, in UTC.</summary>
    /// <value><see langword="null"/> where the facts were given one by one.</value>
    public DateTimeOffset? AsOf { get; }

    /// <summary>Gets every fact, declared ones that were not given included as unknown.</summary>
    public IReadOnlyCollection<Fact> Facts => _facts.Values;

    /// <summary>Gets a fact by name.</summary>
    /// <param name="name">A name in <see cref="FactCatalogue.Default"/>, or of a fact that was given.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="KeyNotFoundException">No fact has that name.</exception>
    public Fact this[string name] => _facts.TryGetValue(name, out var fact)
        ? fact
        : throw new KeyNotFoundException($"There is no fact {name}. The names are in the fact catalogue.");

    /// <summary>Derives every fact from the tenant's answers. Never throws on account of what an answer holds.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="submission">The sender. On another route some facts differ: derive again after changing it.</param>
    /// <param name="asOf">The time that dates are compared with; converted to UTC.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static TenantState From(TenantAnswers answers, Submission submission, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(submission);

        var derivation = new Derivation(answers, submission, asOf);
        return new(
            [
                .. ClientFacts.Of(derivation), .. OrganizationFacts.Of(derivation), .. MailboxFacts.Of(derivation),
                .. AuthenticationPolicyFacts.Of(derivation), .. TenantFacts.Of(derivation), .. ConditionalAccessFacts.Of(derivation),
                .. UserFacts.Of(derivation), .. ApplicationFacts.Of(derivation), .. SignInFacts.Of(derivation),
            ],
            submission,
            derivation.AsOf);
    }

    /// <summary>Makes a state of facts that are given one by one, as the tests of a rule are; declared ones left out are unknown.</summary>
    /// <param name="facts">The facts; of two with one name the later wins.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="facts"/> is <see langword="null"/>.</exception>
    public static TenantState Of(params IEnumerable<Fact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new(facts, null, null);
    }

    /// <summary>Finds a fact by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="fact">The fact, or <see langword="null"/> where there is none of that name.</param>
    /// <returns><see langword="true"/> when there is one.</returns>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Fact? fact) => _facts.TryGetValue(name, out fact);
}
