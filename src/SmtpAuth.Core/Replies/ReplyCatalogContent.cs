namespace SmtpAuth.Replies;

/// <summary>What the documents of a catalog say, together.</summary>
/// <param name="Signatures">The signatures.</param>
/// <param name="Providers">The evidence of providers, in order of precedence.</param>
/// <param name="Phases">Phrases that tell the step at which a reply came.</param>
/// <param name="MailWords">Phrases that show that a text is about mail at all.</param>
internal sealed record ReplyCatalogContent(
    IReadOnlyList<ReplySignature> Signatures,
    IReadOnlyList<ProviderEvidence> Providers,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Phases,
    IReadOnlyList<string> MailWords)
{
    public static ReplyCatalogContent Empty { get; } = new([], [], [], []);
}
