namespace SmtpAuth.Execution;

/// <summary>What a journal says to someone who wants to write to a tenant. Closed.</summary>
public abstract record LeaseAnswer
{
    private protected LeaseAnswer()
    {
    }

    /// <summary>The lease is yours.</summary>
    /// <param name="Lease">The lease.</param>
    public sealed record Granted(RunLease Lease) : LeaseAnswer;

    /// <summary>Someone else is writing to the tenant.</summary>
    /// <param name="Holder">Who, for a person.</param>
    /// <param name="Until">Until when at least, in UTC.</param>
    public sealed record Held(string Holder, DateTimeOffset Until) : LeaseAnswer;
}
