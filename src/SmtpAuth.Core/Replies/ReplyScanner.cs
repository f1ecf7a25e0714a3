using System.Diagnostics.CodeAnalysis;

namespace SmtpAuth.Replies;

/// <summary>Picks the lines of a large log that can hold a refusal, so that only those are parsed.</summary>
/// <remarks>
/// <para>A line that is passed over costs one look at each of its characters and allocates nothing. The scanner errs
/// towards keeping a line: what it keeps can still turn out to hold no failure.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class ReplyScanner
{
    private static readonly Lazy<ReplyScanner> LazyDefault = new(() => new ReplyScanner(SmtpReplyParser.Default));
    private readonly SmtpReplyParser _parser;
    private readonly PhraseAutomaton _sentences;

    /// <summary>Initializes a new instance of the <see cref="ReplyScanner"/> class.</summary>
    /// <param name="parser">The parser for the lines that are kept.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parser"/> is <see langword="null"/>.</exception>
    public ReplyScanner(SmtpReplyParser parser)
    {
        ArgumentNullException.ThrowIfNull(parser);
        _parser = parser;
        _sentences = new PhraseAutomaton([.. SentencesWithoutCodes(parser.Catalog).Distinct()]);
    }

    /// <summary>Gets the scanner that uses the embedded catalog.</summary>
    public static ReplyScanner Default => LazyDefault.Value;

    /// <summary>Says whether a line can hold a refusal: a failing reply code, or a sentence that is a failure without one.</summary>
    /// <param name="line">One line of a log.</param>
    /// <returns><see langword="false"/> when it cannot. Allocates nothing.</returns>
    public bool MayHoldReply(ReadOnlySpan<char> line) => CodeScanner.MayHoldFailureCode(line) || _sentences.IsAnyIn(line);

    /// <summary>Reads the refusal of a line.</summary>
    /// <param name="line">One line of a log.</param>
    /// <param name="reply">The reply, or <see langword="null"/> when the line holds no failure.</param>
    /// <returns><see langword="true"/> when the line holds a failure.</returns>
    public bool TryRead(ReadOnlySpan<char> line, [NotNullWhen(true)] out SmtpReply? reply)
    {
        reply = null;
        if (MayHoldReply(line) && _parser.TryRead(line.ToString(), out var read)
            && read.Condition is not (ReplyConditions.NoFailureShown or ReplyConditions.NotSmtp))
        {
            reply = read;
        }

        return reply is not null;
    }

    private static IEnumerable<string> SentencesWithoutCodes(ReplyCatalog catalog) =>
        from signature in catalog.Signatures
        where signature.Condition is not (ReplyConditions.NoFailureShown or ReplyConditions.NotSmtp) && signature.Phrases.Count > 0
            && (signature.AreCodesOptional || (signature.ReplyCodes.Count == 0 && signature.EnhancedStatusCodes.Count == 0))
        from phrase in MostTelling(signature)
        select phrase;

    /// <summary>Every group must be there, so one is enough to look for: the one whose shortest phrase is longest.</summary>
    private static IReadOnlyList<string> MostTelling(ReplySignature signature) =>
        signature.Phrases.OrderByDescending(alternatives => alternatives.Min(phrase => phrase.Length)).First();
}
