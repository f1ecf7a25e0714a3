namespace SmtpAuth.Rules.Language;

/// <summary>What went wrong in an evaluation. Errors are values: <c>1 / 0 &gt; 0 || true</c> is true.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CelError
{
    /// <summary>Initializes a new instance of the <see cref="CelError"/> class.</summary>
    /// <param name="message">One line for the author of the expression.</param>
    public CelError(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Message = message;
    }

    /// <summary>Gets what went wrong, in one line.</summary>
    public string Message { get; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
