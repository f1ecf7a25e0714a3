namespace SmtpAuth.Http;

/// <summary>Judges answers by what HTTP itself says.</summary>
internal static class ReplyVerdicts
{
    public static ReplyVerdict OfStatus(ServiceReply reply) => reply.Status switch
    {
        429 => ReplyVerdict.NotTaken,
        503 when reply.Header("Retry-After") is not null => ReplyVerdict.NotTaken,
        408 or 502 or 503 or 504 => ReplyVerdict.Broken,
        _ => ReplyVerdict.Final,
    };
}
