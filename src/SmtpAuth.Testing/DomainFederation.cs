namespace SmtpAuth.Testing;

/// <summary>How sign-ins of a domain's users are handled.</summary>
public enum DomainFederation
{
    /// <summary>Entra checks the password itself.</summary>
    Managed,

    /// <summary>An on-premises identity provider checks the password, and answers.</summary>
    Federated,

    /// <summary>An on-premises identity provider should check the password, and is not reachable.</summary>
    FederatedUnreachable,

    /// <summary>An on-premises identity provider should check the password, and offers no secure connection.</summary>
    FederatedWithoutHttps,
}
