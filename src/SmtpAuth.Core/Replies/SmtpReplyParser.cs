using System.Diagnostics.CodeAnalysis;

namespace SmtpAuth.Replies;

/// <summary>Reads any text in which people meet SMTP AUTH errors and returns the deciding reply, classified.</summary>
/// <remarks>
/// <para>Server replies, transcripts, bounces, exceptions, logs, JSON, HTML; wrapped, escaped, cut or translated. The
/// innermost deciding reply wins; a reply that quotes it is kept as <see cref="SmtpReply.Outer"/>.</para>
/// <para>Work and memory are linear in the text. Of texts over 4 Mi characters both ends are read. Immutable and thread-safe.</para>
/// </remarks>
public sealed class SmtpReplyParser
{
    private const int SentenceOfItsOwn = 100;
    private static readonly Lazy<SmtpReplyParser> LazyDefault = new(() => new SmtpReplyParser(ReplyCatalog.Embedded));
    private readonly ReplyCatalog _catalog;

    /// <summary>Initializes a new instance of the <see cref="SmtpReplyParser"/> class.</summary>
    /// <param name="catalog">The signatures to recognise.</param>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is <see langword="null"/>.</exception>
    public SmtpReplyParser(ReplyCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        _catalog = catalog;
    }

    /// <summary>Gets the parser that uses the embedded catalog.</summary>
    public static SmtpReplyParser Default => LazyDefault.Value;

    /// <summary>Gets the catalog whose signatures this parser recognises.</summary>
    public ReplyCatalog Catalog => _catalog;

    /// <summary>Reads the deciding reply of a text with the embedded catalog.</summary>
    /// <param name="errorText">The text: an exception message, a log, a bounce, a transcript.</param>
    /// <param name="reply">The reply, or <see langword="null"/> when no mail failure and no mail session can be read in the text.</param>
    /// <returns><see langword="true"/> when there is one. Never throws for any text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="errorText"/> is <see langword="null"/>.</exception>
    public static bool TryParse(string errorText, [NotNullWhen(true)] out SmtpReply? reply) => Default.TryRead(errorText, out reply);

    /// <summary>Reads the deciding reply of a text with the embedded catalog, or throws.</summary>
    /// <param name="errorText">The text.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="errorText"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">No mail failure can be read in the text.</exception>
    public static SmtpReply Parse(string errorText) => TryParse(errorText, out var reply)
        ? reply
        : throw new FormatException(
            $"Found a text of {errorText.Length} characters without a mail failure, expected the error as the program or the bounce shows it. Paste the whole message.");

    /// <summary>Reads the deciding reply of a text with this parser's catalog.</summary>
    /// <param name="errorText">The text.</param>
    /// <param name="reply">The reply, or <see langword="null"/> when there is none.</param>
    /// <returns><see langword="true"/> when there is one. Never throws for any text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="errorText"/> is <see langword="null"/>.</exception>
    public bool TryRead(string errorText, [NotNullWhen(true)] out SmtpReply? reply)
    {
        ArgumentNullException.ThrowIfNull(errorText);
        var text = TextNormalizer.Normalize(errorText);
        reply = new ReplyReading(_catalog.Matcher, text).Read();
        if (HardWraps.TryJoin(text, out var joined) && new ReplyReading(_catalog.Matcher, joined).Read() is { } unwrapped && SaysMore(unwrapped, reply))
        {
            reply = unwrapped;
        }

        return reply is not null;
    }

    /// <summary>Joining can also glue words together that a writer wrapped between words: it must bring a sentence or a code to light.</summary>
    private bool SaysMore(SmtpReply unwrapped, SmtpReply? asWrapped)
    {
        if (asWrapped?.EnhancedStatusCode is null && unwrapped.EnhancedStatusCode is not null)
        {
            return true;
        }

        var isVague = asWrapped is null or { Condition: ReplyConditions.Unclassified or ReplyConditions.UnclassifiableFragment or ReplyConditions.NoFailureShown };
        if (unwrapped.SignatureId == asWrapped?.SignatureId)
        {
            return asWrapped?.Provider is ReplyProviders.Other or ReplyProviders.Unknown or ReplyProviders.ExchangeAny
                && unwrapped.Provider != asWrapped.Provider;
        }

        return RankOf(unwrapped) > RankOf(asWrapped) && (isVague || RankOf(unwrapped) >= SentenceOfItsOwn);
    }

    private int RankOf(SmtpReply? reply) => _catalog.Find(reply?.SignatureId)?.Rank ?? 0;
}
