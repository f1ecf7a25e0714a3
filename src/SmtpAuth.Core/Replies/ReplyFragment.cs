namespace SmtpAuth.Replies;

/// <summary>A stretch of text that starts with codes: a reply, as far as the text shows one.</summary>
/// <param name="Start">Where the codes start.</param>
/// <param name="TextStart">Where the codes end and the words start.</param>
/// <param name="ReplyCode">The reply code, if any.</param>
/// <param name="EnhancedStatusCode">The enhanced status code, if any.</param>
/// <param name="EntraErrorCode">The identity platform's code; then there are no others.</param>
/// <param name="IsCertain">Whether the surroundings alone show that this is a reply.</param>
internal sealed record ReplyFragment(
    int Start,
    int TextStart,
    int? ReplyCode,
    EnhancedStatusCode? EnhancedStatusCode,
    string? EntraErrorCode,
    bool IsCertain)
{
    /// <summary>Where the next fragment starts, or the text ends.</summary>
    public int End { get; set; }

    public bool IsFailure => ReplyCode is >= 400 || (ReplyCode is null && EnhancedStatusCode?.Class != 2);
}
