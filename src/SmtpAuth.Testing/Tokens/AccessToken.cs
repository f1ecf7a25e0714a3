namespace SmtpAuth.Testing.Tokens;

/// <summary>What a valid-looking access token says.</summary>
internal sealed record AccessToken(
    string Audience,
    string TenantId,
    string AppId,
    string ObjectId,
    string? UserPrincipalName,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> DirectoryRoles,
    DateTimeOffset IssuedAt,
    DateTimeOffset Expires)
{
    public const string Graph = "https://graph.microsoft.com";
    public const string Exchange = "https://outlook.office365.com";
    public const string Outlook = "https://outlook.office.com";

    public bool IsApplication => UserPrincipalName is null;

    /// <summary>Gets what the caller may do: application permissions, or delegated ones.</summary>
    public IReadOnlyList<string> Permissions => IsApplication ? Roles : Scopes;

    /// <summary>Gets who calls, for the request log.</summary>
    public string Caller => UserPrincipalName ?? AppId;
}
