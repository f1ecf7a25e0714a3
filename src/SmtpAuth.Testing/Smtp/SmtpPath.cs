namespace SmtpAuth.Testing.Smtp;

/// <summary>The address of MAIL FROM or RCPT TO, and the size announced with it (0 when there is none).</summary>
internal sealed record SmtpPath(string Address, long Size);
