namespace SmtpAuth.Http;

/// <summary>There is no access token; the message says why and what to do, without secrets.</summary>
internal sealed class TokenException(string message) : Exception(message);
