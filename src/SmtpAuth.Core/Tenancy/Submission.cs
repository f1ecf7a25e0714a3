namespace SmtpAuth.Tenancy;

/// <summary>Who submits, and how: the sender whose way through the gates is in question.</summary>
/// <remarks>Immutable and thread-safe. Holds no secret.</remarks>
public sealed record Submission
{
    /// <summary>Gets the address of the mailbox that submits. Compared without case; not validated here.</summary>
    public required string Mailbox { get; init; }

    /// <summary>Gets the route the sender takes today.</summary>
    /// <value>The default is <see cref="Route.Basic"/>.</value>
    public Route Route { get; init; } = Route.Basic;

    /// <summary>Gets the address the message is sent from.</summary>
    /// <value><see langword="null"/> (the default) means the mailbox itself.</value>
    public string? From { get; init; }

    /// <summary>Gets the application (client) id of the app that submits with <see cref="Route.OAuthApp"/>.</summary>
    /// <value><see langword="null"/> (the default) means that it is not known.</value>
    public Guid? AppId { get; init; }

    /// <summary>Gets the public IP address the submission comes from, as text.</summary>
    /// <value><see langword="null"/> (the default) means that it is not known: a location condition is then undecided.</value>
    public string? IpAddress { get; init; }
}
