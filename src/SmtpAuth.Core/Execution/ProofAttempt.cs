namespace SmtpAuth.Execution;

/// <summary>What one try at a real submission showed after a run.</summary>
/// <remarks>Holds no secret. Immutable and thread-safe.</remarks>
/// <param name="Number">1 for the first try of the run, and so on.</param>
/// <param name="Accepted">Whether the server accepted everything that was asked of it.</param>
/// <param name="ReplyText">What the server said, or <see langword="null"/> where it did not answer.</param>
/// <param name="Failure">Why there was no answer, or <see langword="null"/> where there was one.</param>
/// <param name="Changed">
/// Whether the server refused in other words than in the try before, a sign that a change has begun to work or that another gate closed.
/// </param>
/// <param name="NextIn">How long until the next try; <see langword="null"/> means that there is none.</param>
public sealed record ProofAttempt(
    int Number, bool Accepted, string? ReplyText, string? Failure, bool Changed, TimeSpan? NextIn);
