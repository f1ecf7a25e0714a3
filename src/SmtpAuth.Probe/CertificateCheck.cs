using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SmtpAuth.Probe;

/// <summary>Decides whether the server's certificate is trusted, and remembers why it is not.</summary>
internal sealed class CertificateCheck(string host, string? trustedSha256)
{
    /// <summary>Gets the fingerprint as upper-case hexadecimal digits, or <see langword="null"/> before a certificate was seen.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Gets why the certificate is not trusted, one sentence, or <see langword="null"/> where it is.</summary>
    public string? Objection { get; private set; }

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            Objection = "The server showed no certificate.";
            return false;
        }

        Sha256 = Fingerprint.Of(certificate);
        if (errors == SslPolicyErrors.None || Fingerprint.Equal(Sha256, trustedSha256))
        {
            Objection = null;
            return true;
        }

        Objection = Explain(certificate, chain, errors);
        return false;
    }

    private string Explain(X509Certificate certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var shown = $"certificate for {OneLine.Of(certificate.Subject)}, issued by {OneLine.Of(certificate.Issuer)}";
        if (trustedSha256 is not null)
        {
            return $"The {shown}, has the SHA-256 fingerprint {Sha256}, not the one to be trusted, and the system does not trust it either. "
                + "Check the fingerprint and the host.";
        }

        if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return $"The {shown}, is not for {host}: the name leads to another server, or a device on the way answers in its place. "
                + "Check the host name and what is between here and the server.";
        }

        var status = chain?.ChainStatus.Select(entry => entry.Status).Distinct().ToList() ?? [];
        return status.Contains(X509ChainStatusFlags.NotTimeValid)
            ? $"The {shown}, is out of its time: {certificate.GetEffectiveDateString()} to {certificate.GetExpirationDateString()}. "
                + "Check the clock of this machine and the certificate."
            : $"The {shown}, comes from no authority this machine trusts ({string.Join(", ", status)}): a TLS-inspecting proxy or antivirus "
                + "may have put its own in place. Exempt the host from inspection or trust that authority; do not switch the check off.";
    }
}
