using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace SmtpAuth.Testing.Tests;

/// <summary>Submits with MailKit, as a device would, and returns what the server said.</summary>
internal static class Submission
{
    public const string Printer = "printer@contoso.example";
    public const string Password = "correct horse battery staple";

    /// <summary>Signs in with a password. Null when accepted, else the refusing reply without its trace.</summary>
    public static Task<string?> LoginAsync(EmulatedTenant tenant, string user = Printer, string password = Password) =>
        AuthenticateAsync(tenant, new SaslMechanismLogin(user, password));

    public static Task<string?> OAuthAsync(EmulatedTenant tenant, string user, string token) =>
        AuthenticateAsync(tenant, new SaslMechanismOAuth2(user, token));

    /// <summary>Signs in and sends one message. Null when accepted, else the refusing reply without its trace.</summary>
    public static async Task<string?> SendAsync(
        EmulatedTenant tenant, string from = Printer, string to = "someone@fabrikam.example", string user = Printer, string password = Password)
    {
        using var client = await ConnectAsync(tenant);
        try
        {
            await client.AuthenticateAsync(new SaslMechanismLogin(user, password));
            using var message = Message(from, to);
            await client.SendAsync(message);
            await client.DisconnectAsync(true);
            return null;
        }
        catch (AuthenticationException refused)
        {
            return WithoutTrace(refused.Message.Replace(": ", " ", StringComparison.Ordinal));
        }
        catch (SmtpCommandException refused)
        {
            return WithoutTrace($"{(int)refused.StatusCode} {refused.Message}");
        }
    }

    public static MimeMessage Message(string from, string to)
    {
        var message = new MimeMessage { Subject = "Scan", Body = new TextPart("plain") { Text = ".one\n..two\nthree" } };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to));
        return message;
    }

    public static async Task<SmtpClient> ConnectAsync(EmulatedTenant tenant, IProtocolLogger? logger = null)
    {
        var client = logger is null ? new SmtpClient() : new SmtpClient(logger);
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => Trusts(tenant, certificate);
        await client.ConnectAsync(tenant.SmtpHost, tenant.SmtpPort, SecureSocketOptions.StartTls);
        return client;
    }

    public static bool Trusts(EmulatedTenant tenant, X509Certificate? certificate) =>
        certificate is X509Certificate2 known && known.GetCertHashString(HashAlgorithmName.SHA256) == tenant.SmtpCertificateSha256;

    public static string WithoutTrace(string reply)
    {
        var trace = reply.LastIndexOf(" [", StringComparison.Ordinal);
        return trace < 0 ? reply : reply[..trace];
    }

    private static async Task<string?> AuthenticateAsync(EmulatedTenant tenant, SaslMechanism mechanism)
    {
        using var client = await ConnectAsync(tenant);
        try
        {
            await client.AuthenticateAsync(mechanism);
            await client.DisconnectAsync(true);
            return null;
        }
        catch (AuthenticationException refused)
        {
            return WithoutTrace(refused.Message.Replace(": ", " ", StringComparison.Ordinal));
        }
    }
}
