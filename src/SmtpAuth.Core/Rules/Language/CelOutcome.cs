namespace SmtpAuth.Rules.Language;

/// <summary>What became of one condition.</summary>
public enum CelOutcome : byte
{
    /// <summary>It is known not to hold.</summary>
    False,

    /// <summary>It is known to hold.</summary>
    True,

    /// <summary>The known facts do not decide it.</summary>
    Unknown,

    /// <summary>The evaluation went wrong. Never the same as <see cref="False"/>.</summary>
    Error,
}
