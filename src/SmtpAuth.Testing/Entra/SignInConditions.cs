namespace SmtpAuth.Testing.Entra;

/// <summary>What Conditional Access looks at beside the user.</summary>
internal sealed record SignInConditions(
    string ClientAppType, string AppId, string IpAddress, string Country, string SignInRisk, string UserRisk);
