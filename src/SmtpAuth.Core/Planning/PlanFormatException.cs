namespace SmtpAuth.Planning;

/// <summary>A text that should be a plan is not one this library may apply.</summary>
/// <remarks>The message is one line: what was found, what was expected and where.</remarks>
public sealed class PlanFormatException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="PlanFormatException"/> class.</summary>
    public PlanFormatException()
        : base("The plan cannot be read.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PlanFormatException"/> class.</summary>
    /// <param name="message">One line for a person: what was found, expected, and where.</param>
    public PlanFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PlanFormatException"/> class.</summary>
    /// <param name="message">One line for a person: what was found, expected, and where.</param>
    /// <param name="innerException">What the JSON reader said.</param>
    public PlanFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
