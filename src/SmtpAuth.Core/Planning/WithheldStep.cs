namespace SmtpAuth.Planning;

/// <summary>An operation that the plan does not contain, and why.</summary>
/// <param name="Operation">The id of the operation, or <see langword="null"/> where no operation is known.</param>
/// <param name="Risk">The name of the risk that would have to be accepted, or <see langword="null"/> where that is not the reason.</param>
/// <param name="Reason">A short name of another reason, such as <c>unknown-facts</c>; <see langword="null"/> where <paramref name="Risk"/> is the reason.</param>
/// <param name="Why">One or two sentences for a person: what is held back, why, and what to do instead.</param>
public sealed record WithheldStep(string? Operation, string? Risk, string? Reason, string Why);
