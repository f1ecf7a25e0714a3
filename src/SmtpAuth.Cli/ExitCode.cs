namespace SmtpAuth.Cli;

/// <summary>The exit codes that scripts rely on. They change only by addition.</summary>
internal static class ExitCode
{
    /// <summary>Done, or the sender may submit.</summary>
    public const int Done = 0;

    /// <summary>The answer is "blocked" or "not complete".</summary>
    public const int Negative = 1;

    /// <summary>Bad usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>Could not find out: unknown facts decide.</summary>
    public const int Unknown = 3;

    /// <summary>Refused before anything was written: drift, missing approval, missing permission.</summary>
    public const int Refused = 4;

    /// <summary>A write or a probe failed.</summary>
    public const int Failed = 5;

    /// <summary>Cancelled.</summary>
    public const int Cancelled = 130;
}
