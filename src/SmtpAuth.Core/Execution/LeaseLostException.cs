namespace SmtpAuth.Execution;

/// <summary>The lease was taken over by someone else, so this run must not write any more.</summary>
public sealed class LeaseLostException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="LeaseLostException"/> class.</summary>
    public LeaseLostException()
        : this("The lease on the tenant was lost to another run.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LeaseLostException"/> class.</summary>
    /// <param name="message">One line for a person.</param>
    public LeaseLostException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LeaseLostException"/> class.</summary>
    /// <param name="message">One line for a person.</param>
    /// <param name="innerException">What caused it.</param>
    public LeaseLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
