namespace SmtpAuth.Planning;

/// <summary>Names one value in the tenant's answers: what a step changes, compares and reads back.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Observation
{
    /// <summary>Gets the name of the answer, one of <see cref="Tenancy.AnswerNames"/>.</summary>
    public required string Answer { get; init; }

    /// <summary>Gets the property that tells the object within a list, such as <c>id</c> or <c>Name</c>.</summary>
    /// <value><see langword="null"/> means the sender's own object, or the only one.</value>
    public string? KeyProperty { get; init; }

    /// <summary>Gets the key's value, compared as text without case.</summary>
    /// <value><see langword="null"/> exactly where <see cref="KeyProperty"/> is.</value>
    public string? Key { get; init; }

    /// <summary>Gets the path of the value within the object, property names joined by dots.</summary>
    /// <value><see langword="null"/> means the object itself: it exists, or it does not (JSON <c>null</c>).</value>
    public string? Path { get; init; }
}
