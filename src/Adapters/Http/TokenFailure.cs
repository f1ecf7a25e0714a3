namespace SmtpAuth.Http;

/// <summary>Says why there is no token, and what to do about it.</summary>
internal static class TokenFailure
{
    /// <remarks>The codes of Entra that an administrator can do something about, as of 2026-11.</remarks>
    private static readonly (string Code, string Remedy)[] Remedies =
    [
        ("AADSTS7000222", "The client secret has expired: make a new one in the app registration."),
        ("AADSTS7000215", "The client secret is wrong: give the secret's value, not its id."),
        ("AADSTS7000218", "The app is a confidential client: give a secret or a certificate."),
        ("AADSTS700016", "The app is not in this tenant: check the client id and the tenant, and consent to the app there."),
        ("AADSTS700027", "The certificate does not belong to the app: upload it to the app registration."),
        ("AADSTS700082", "The refresh token was not used for too long: sign in again."),
        ("AADSTS65001", "Nobody consented to the app in this tenant: an administrator has to."),
        ("AADSTS650051", "The app or a service is missing in the tenant: an administrator has to consent to the app."),
        ("AADSTS650052", "The app needs a service that the tenant does not have."),
        ("AADSTS500011", "The tenant does not have the service that the token is for."),
        ("AADSTS53003", "Conditional Access blocks this sign-in: use an identity or a place that the policies allow."),
        ("AADSTS50020", "The user is not of this tenant: sign in with one that is, or check the partner relationship."),
        ("AADSTS50177", "The user is not in the customer tenant: check the partner relationship and its security group."),
        ("AADSTS50076", "The sign-in needs a second factor: use an interactive credential."),
        ("AADSTS50079", "The user has to register a second factor first: sign in interactively."),
        ("AADSTS50173", "The sign-in was revoked: sign in again."),
        ("AADSTS90002", "There is no such tenant in this cloud: check the tenant and the cloud."),
        ("AADSTS900023", "The tenant's name is not valid: give its id or a domain."),
        ("AADSTS5000224", "The service is not available in this tenant."),
    ];

    public static string Explain(Exception error)
    {
        var text = "";
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            text += cause.Message + "\n";
        }

        foreach (var (code, remedy) in Remedies)
        {
            var at = text.IndexOf(code, StringComparison.Ordinal);
            if (at >= 0 && (at + code.Length == text.Length || !char.IsDigit(text[at + code.Length])))
            {
                return $"No access token was given ({code}). {remedy}";
            }
        }

        return $"No access token could be had: {OneLine.Sentence(FirstLine(error.Message))} Check the credential.";
    }

    private static string FirstLine(string text) => text.Trim().Split(['\r', '\n'], 2)[0];
}
