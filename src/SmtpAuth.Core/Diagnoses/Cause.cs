namespace SmtpAuth.Diagnoses;

/// <summary>One cause why the sender is refused, or may be.</summary>
/// <param name="Rule">The id of the rule that names it, such as <c>EXO001</c>; of a reply signature where only the reply tells.</param>
/// <param name="Label">The cause's stable label, such as <c>tenant-smtp-auth-off</c>.</param>
/// <param name="Gate">The gate it closes.</param>
/// <param name="Confirmed">Whether known facts confirm it; otherwise it is possible.</param>
/// <param name="ExplainsReply">Whether it explains the reply that was given.</param>
public sealed record Cause(string Rule, string Label, Gate Gate, bool Confirmed, bool ExplainsReply);
