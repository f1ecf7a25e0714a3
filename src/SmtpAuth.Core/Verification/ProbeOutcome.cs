namespace SmtpAuth.Verification;

/// <summary>What became of an attempt at a submission.</summary>
public enum ProbeOutcome
{
    /// <summary>There was no answer to go by: <see cref="ProbeResult.Failure"/> says why.</summary>
    NoAnswer,

    /// <summary>The server refused: <see cref="ProbeResult.ReplyText"/> says how.</summary>
    Refused,

    /// <summary>The server accepted everything that was asked of it.</summary>
    Accepted,
}
