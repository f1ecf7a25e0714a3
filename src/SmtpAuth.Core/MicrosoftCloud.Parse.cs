using System.Text.Json;

namespace SmtpAuth;

/// <content>Reads a cloud file.</content>
public sealed partial record MicrosoftCloud
{
    /// <summary>Reads a cloud file: a JSON object with the endpoints.</summary>
    /// <param name="json">
    /// The text: <c>authority</c>, <c>graph</c> and <c>exchange</c> are addresses, <c>smtpHost</c> is a host, <c>smtpPort</c>
    /// (587 where it is left out) a port; <c>smtpTrustCertificateSha256</c> and <c>trustCertificateSha256</c> may be left out
    /// or <c>null</c>. Other members are ignored, so that a file can say more than this version understands.
    /// </param>
    /// <param name="name">What to call the cloud, usually the file's name; errors begin with it.</param>
    /// <returns>The cloud.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">The text is no such object; the message says what was found and what is expected.</exception>
    public static MicrosoftCloud Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw Fault(name, "a JSON object with the endpoints is expected.");
            }

            return new()
            {
                Name = name,
                Authority = Endpoint(root, name, "authority"),
                Graph = Endpoint(root, name, "graph"),
                Exchange = Endpoint(root, name, "exchange"),
                SmtpHost = Host(root, name, "smtpHost"),
                SmtpPort = Port(root, name, "smtpPort"),
                SmtpTrustCertificateSha256 = Fingerprint(root, name, "smtpTrustCertificateSha256"),
                TrustCertificateSha256 = Fingerprint(root, name, "trustCertificateSha256"),
            };
        }
        catch (JsonException error)
        {
            throw new FormatException(
                $"{name} is not JSON (line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}). "
                + "A cloud file is a JSON object with authority, graph, exchange and smtpHost.",
                error);
        }
    }

    private static Uri Endpoint(JsonElement root, string name, string member)
    {
        var text = Text(root, name, member)
            ?? throw Fault(name, $"\"{member}\" is missing. It is an address such as https://graph.microsoft.com.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw Fault(name, $"\"{member}\" is {Shown(text)}; expected an address that begins with https://.");
        }

        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            throw Fault(name, $"\"{member}\" is {Shown(text)}; http is taken on a loopback address only. Write https.");
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw Fault(name, $"\"{member}\" holds more than an address. Leave out user, query and fragment.");
        }

        return address.AbsolutePath == "/" ? address : new Uri(address.AbsoluteUri.TrimEnd('/'));
    }

    private static string Host(JsonElement root, string name, string member)
    {
        var text = Text(root, name, member) ?? throw Fault(name, $"\"{member}\" is missing. It is a host such as smtp.office365.com.");
        return Uri.CheckHostName(text.Trim('[', ']')) == UriHostNameType.Unknown
            ? throw Fault(name, $"\"{member}\" is {Shown(text)}; expected a host such as smtp.office365.com.")
            : text.Trim('[', ']');
    }

    private static int Port(JsonElement root, string name, string member)
    {
        if (!root.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return 587;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var port) && port is > 0 and < 65536
            ? port
            : throw Fault(name, $"\"{member}\" is {Shown(value.GetRawText())}; expected a number from 1 to 65535.");
    }

    private static string? Fingerprint(JsonElement root, string name, string member)
    {
        if (Text(root, name, member) is not { } text)
        {
            return null;
        }

        var digits = text.Replace(":", "").Replace(" ", "").ToUpperInvariant();
        return digits.Length == 64 && digits.All(digit => digit is (>= '0' and <= '9') or (>= 'A' and <= 'F'))
            ? digits
            : throw Fault(name, $"\"{member}\" is {Shown(text)}; expected the 64 hexadecimal digits of a SHA-256 fingerprint.");
    }

    private static string? Text(JsonElement root, string name, string member)
    {
        if (!root.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw Fault(name, $"\"{member}\" is {Shown(value.GetRawText())}; expected a text in quotation marks.");
    }

    private static string Shown(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length > 100 ? $"'{line.Substring(0, 100)}…'" : $"'{line}'";
    }

    private static FormatException Fault(string name, string what) => new($"In {name} {what}");
}
