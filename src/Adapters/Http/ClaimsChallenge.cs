using System.Text;

namespace SmtpAuth.Http;

/// <summary>Reads the claims that a service asks for in WWW-Authenticate (continuous access evaluation).</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity-platform/claims-challenge"/>
internal static class ClaimsChallenge
{
    /// <summary>Reads them.</summary>
    /// <returns>The claims as JSON, or <see langword="null"/> where the header asks for none.</returns>
    public static string? Read(string? header)
    {
        const string Start = "claims=\"";
        var from = header?.IndexOf(Start, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (from < 0)
        {
            return null;
        }

        from += Start.Length;
        var to = header!.IndexOf('"', from);
        if (to < 0)
        {
            return null;
        }

        try
        {
            var text = header.Substring(from, to - from).Replace('-', '+').Replace('_', '/').TrimEnd('=');
            var json = Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
            return json.StartsWith('{') ? json : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
