namespace SmtpAuth.Cli;

/// <summary>Ends a verb with one sentence for the person who must act, and an exit code.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">What was found, what was expected, what to do. One line, no secret.</param>
/// <param name="innerException">What lies behind it, shown with <c>--verbose</c> only.</param>
internal sealed class CommandFailure(int exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailure BadInput(string message, Exception? innerException = null) =>
        new(Cli.ExitCode.BadInput, message, innerException);

    public static CommandFailure Refused(string message, Exception? innerException = null) =>
        new(Cli.ExitCode.Refused, message, innerException);
}
