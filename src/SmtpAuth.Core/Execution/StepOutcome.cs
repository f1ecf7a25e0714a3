using System.Text.Json.Nodes;

namespace SmtpAuth.Execution;

/// <summary>What became of one call. Closed: a switch over it needs no default arm.</summary>
public abstract record StepOutcome
{
    private protected StepOutcome()
    {
    }

    /// <summary>The service accepted the write. It says nothing yet about whether it took effect.</summary>
    /// <param name="Created">What the service says it created, or <see langword="null"/> where it created nothing.</param>
    public sealed record Accepted(JsonNode? Created = null) : StepOutcome;

    /// <summary>The service refused, for a reason it explained, and nothing was written.</summary>
    /// <param name="Reason">A sentence for a person, without secrets.</param>
    /// <param name="MissingPermission">Whether the reason is that the identity may not do this.</param>
    public sealed record Refused(string Reason, bool MissingPermission = false) : StepOutcome;

    /// <summary>The answer was lost. Whether anything was written is for a read to say.</summary>
    /// <param name="Reason">What happened, in a sentence for a person.</param>
    public sealed record Uncertain(string Reason) : StepOutcome;
}
