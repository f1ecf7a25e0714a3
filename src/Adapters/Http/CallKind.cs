namespace SmtpAuth.Http;

/// <summary>Whether a call changes anything, which decides whether it may be repeated.</summary>
internal enum CallKind
{
    /// <summary>It changes nothing.</summary>
    Read,

    /// <summary>It changes something.</summary>
    Write,
}
