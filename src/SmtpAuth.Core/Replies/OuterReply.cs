namespace SmtpAuth.Replies;

/// <summary>The codes of a reply that quotes another one, such as <c>5.7.57 … Error: 535 5.7.139 …</c>.</summary>
/// <param name="ReplyCode">The three-digit reply code, or <see langword="null"/> where the client dropped it.</param>
/// <param name="EnhancedStatusCode">The enhanced status code, or <see langword="null"/> where there is none.</param>
public sealed record OuterReply(int? ReplyCode, EnhancedStatusCode? EnhancedStatusCode);
