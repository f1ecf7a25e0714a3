namespace SmtpAuth.Replies;

/// <summary>Decides who answered. What the reply itself shows goes before what the client says it dialled.</summary>
internal sealed class ProviderDecision(SignatureMatcher matcher, PhraseSet reply, PhraseSet whole)
{
    private const string China = "exchange-online-china";
    private const string Consumer = "outlook-consumer";
    private const string OnPremises = "exchange-onprem";

    public static bool IsExchange(string? provider) =>
        provider is ReplyProviders.ExchangeOnline or China or Consumer or OnPremises or ReplyProviders.ExchangeAny;

    public string Decide(ReplySignature signature, ServerTag? tag, int? replyCode, EnhancedStatusCode? enhanced)
    {
        var answered = WhoAnswered(signature, tag, replyCode, enhanced);
        var isDelivery = signature.Phase is "rcpt" or "delivery" or "connect";
        return isDelivery && signature.Provider is null && answered == ReplyProviders.ExchangeOnline && matcher.Provider(whole, ProviderEvidenceStrength.Recipient) is { } recipient
            ? recipient
            : answered;
    }

    private string WhoAnswered(ReplySignature signature, ServerTag? tag, int? replyCode, EnhancedStatusCode? enhanced)
    {
        var inReply = matcher.Provider(reply, ProviderEvidenceStrength.Reply);
        if (inReply is not null && !(IsExchange(signature.Provider) && !IsExchange(inReply)))
        {
            return signature.Provider is Consumer or China ? signature.Provider : inReply;
        }

        if (signature.Provider is { } own)
        {
            return own;
        }

        var around = matcher.Provider(whole, ProviderEvidenceStrength.Greeting)
            ?? matcher.Provider(whole, ProviderEvidenceStrength.Contact)
            ?? (ReferenceEquals(reply, whole) && tag?.Server is not null ? ReplyProviders.ExchangeOnline : null);
        return IsPlausible(around, signature, replyCode, enhanced) ? around! : signature.PresumedProvider ?? ReplyProviders.Unknown;
    }

    /// <summary>
    /// Exchange's own words do not come from elsewhere, and the words of others do not come from Exchange, whoever was
    /// dialled: a host's firewall may have answered instead. Exchange gives every refusal an enhanced status code.
    /// </summary>
    private static bool IsPlausible(string? provider, ReplySignature signature, int? replyCode, EnhancedStatusCode? enhanced)
    {
        if (provider is null)
        {
            return false;
        }

        var presumed = signature.PresumedProvider;
        if (IsExchange(presumed))
        {
            return IsExchange(provider);
        }

        var isForeign = presumed is not (null or ReplyProviders.Unknown or ReplyProviders.None);
        return !IsExchange(provider) || (!isForeign && (replyCode is null || enhanced is not null));
    }
}
