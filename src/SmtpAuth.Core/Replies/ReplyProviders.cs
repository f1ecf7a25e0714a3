namespace SmtpAuth.Replies;

/// <summary>The providers: who can be recognised to have answered.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ReplyProviders
{
    /// <summary>Microsoft 365, as the text shows.</summary>
    public const string ExchangeOnline = "exchange-online";

    /// <summary>Exchange wording that Exchange Online and Exchange Server share: cannot tell which.</summary>
    public const string ExchangeAny = "exchange-any";

    /// <summary>A server that is not in the list, or wording that is not Exchange's.</summary>
    public const string Other = "other";

    /// <summary>A mail server may be involved; the text does not show which.</summary>
    public const string Unknown = "unknown";

    /// <summary>No mail server spoke.</summary>
    public const string None = "none";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "exchange-online", "exchange-online-china", "outlook-consumer", "exchange-any", "exchange-onprem",
        "entra-id", "gmail", "yahoo", "zoho", "ses", "sendgrid", "icloud", "yandex", "qq", "godaddy", "mail-ru",
        "naver", "orange", "protonmail", "mimecast", "symantec", "exchangedefender", "postfix", "exim", "sendmail",
        "postal", "kerio", "hmailserver", "stalwart", "other", "unknown", "none",
    };

    /// <summary>Gets every provider.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>Says whether a name is a provider's.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    public static bool IsKnown(string? name) => name is not null && Known.Contains(name);
}
