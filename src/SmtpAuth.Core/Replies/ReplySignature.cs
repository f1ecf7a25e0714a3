namespace SmtpAuth.Replies;

/// <summary>How one reply is recognised, and what is known about it.</summary>
/// <remarks>
/// <para>A signature matches when the reply's codes are among its codes (a reply without a code passes where the
/// signature has phrases), each of its phrase groups has a phrase in the reply's text, and no excluded phrase is there.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed record ReplySignature
{
    /// <summary>Gets the id: lower case, words joined by hyphens, unique in a catalog.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the condition that a match means, one of <see cref="ReplyConditions"/>.</summary>
    public required string Condition { get; init; }

    /// <summary>Gets the provider whose own sentence this is, one of <see cref="ReplyProviders"/>.</summary>
    /// <value><see langword="null"/> where several share the sentence.</value>
    public string? Provider { get; init; }

    /// <summary>Gets the provider to name where nothing else in the text shows one.</summary>
    /// <value><see langword="null"/> where the sentence suggests none.</value>
    public string? PresumedProvider { get; init; }

    /// <summary>Gets the gate that closed.</summary>
    /// <value><see langword="null"/> where the reply points to no single gate.</value>
    public Gate? Gate { get; init; }

    /// <summary>Gets the step of the submission at which the reply comes.</summary>
    /// <value><see langword="null"/> where it can come at several.</value>
    public string? Phase { get; init; }

    /// <summary>Gets how telling the signature is: of several that match one reply, the highest wins.</summary>
    /// <value>
    /// 0 to 1000; the default is 100. Below 20 the signature speaks about a family of codes or about the client's own
    /// words, and any server's reply is preferred.
    /// </value>
    public int Rank { get; init; } = 100;

    /// <summary>Gets the reply code that the words stand for where the text does not show it.</summary>
    /// <value><see langword="null"/> where they stand for none, or for several.</value>
    public int? ImpliedReplyCode { get; init; }

    /// <summary>Gets the reply codes with which the sentence comes.</summary>
    /// <value>Empty where any will do.</value>
    public IReadOnlyList<int> ReplyCodes { get; init; } = [];

    /// <summary>Gets the enhanced status codes with which the sentence comes; a part may be <c>*</c>, or have <c>#</c> for a digit.</summary>
    /// <value>Empty where any will do.</value>
    public IReadOnlyList<string> EnhancedStatusCodes { get; init; } = [];

    /// <summary>Gets a value indicating whether the phrases are telling enough without the codes.</summary>
    /// <value>The default is <see langword="false"/>: where codes are listed, the text must show one.</value>
    public bool AreCodesOptional { get; init; }

    /// <summary>Gets the phrase groups: one phrase of each must be in the text. Lower case and of whole words; <c>#</c> stands for one digit, <c>*</c> at either end for the rest of a word.</summary>
    /// <value>Empty where the codes alone decide.</value>
    public IReadOnlyList<IReadOnlyList<string>> Phrases { get; init; } = [];

    /// <summary>Gets the phrases none of which may be in the text.</summary>
    public IReadOnlyList<string> ExcludedPhrases { get; init; } = [];

    /// <summary>Gets what the reply means.</summary>
    public required LocalizedText Meaning { get; init; }

    /// <summary>Gets the candidate causes, the likeliest first.</summary>
    public IReadOnlyList<ReplyCause> Causes { get; init; } = [];

    /// <summary>Gets the names of the facts worth reading next, the cheapest first.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>Gets the sources. Never empty.</summary>
    public required IReadOnlyList<ReplySource> Sources { get; init; }
}
