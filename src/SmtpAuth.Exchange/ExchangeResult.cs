using System.Text.Json;

namespace SmtpAuth.Exchange;

/// <summary>What became of a cmdlet. Closed: a switch over it needs no default arm.</summary>
public abstract record ExchangeResult
{
    private protected ExchangeResult()
    {
    }

    /// <summary>The service carried the cmdlet out.</summary>
    /// <param name="Content">The answer as the service gave it, its pages joined: an object with <c>value</c>.</param>
    /// <param name="Warnings">What the service warned about, in order.</param>
    /// <param name="Incomplete">Why objects may be missing, or <see langword="null"/> where the answer is complete.</param>
    public sealed record Answered(JsonElement Content, IReadOnlyList<string> Warnings, string? Incomplete) : ExchangeResult
    {
        /// <summary>Gets the objects; empty for a cmdlet that gives none back.</summary>
        public IReadOnlyList<JsonElement> Values => ExchangeAnswer.Values(Content);
    }

    /// <summary>The service refused, or gave no answer.</summary>
    /// <param name="Kind">How it failed.</param>
    /// <param name="Reason">What happened and what to do, for a person, without secrets.</param>
    public sealed record Failed(ExchangeFailureKind Kind, string Reason) : ExchangeResult;
}
