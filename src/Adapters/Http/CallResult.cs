namespace SmtpAuth.Http;

/// <summary>What became of one call: an answer, or the reason why there is none.</summary>
internal sealed class CallResult
{
    private CallResult(ServiceReply? reply, string? lost, bool isNothingSent)
    {
        Reply = reply;
        Lost = lost;
        IsNothingSent = isNothingSent;
    }

    /// <summary>Gets the answer, or <see langword="null"/> where there is none.</summary>
    public ServiceReply? Reply { get; }

    /// <summary>Gets why there is no answer, one sentence, or <see langword="null"/> where there is one.</summary>
    public string? Lost { get; }

    /// <summary>Gets a value indicating whether it is certain that the service got nothing.</summary>
    public bool IsNothingSent { get; }

    public static CallResult Answered(ServiceReply reply) => new(reply, null, false);

    public static CallResult Unanswered(string why, bool isNothingSent) => new(null, why, isNothingSent);
}
