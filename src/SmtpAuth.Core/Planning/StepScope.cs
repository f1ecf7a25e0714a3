namespace SmtpAuth.Planning;

/// <summary>How far a change reaches, narrowest first.</summary>
public enum StepScope
{
    /// <summary>Nothing in the tenant changes, only the client.</summary>
    Client,

    /// <summary>One mailbox or one user.</summary>
    Mailbox,

    /// <summary>Everything in the organization.</summary>
    Organization,
}
