namespace SmtpAuth.Testing;

/// <summary>One property of one object that changed after the tenant was started.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Source">Who changed it: <c>graph</c>, <c>exchange</c>, or <c>test</c> for <see cref="EmulatedState"/>.</param>
/// <param name="Kind">One of <see cref="ObjectKinds"/>.</param>
/// <param name="Id">The object's id.</param>
/// <param name="Property">The path of the property, joined by dots; empty when the object was added or removed.</param>
/// <param name="Before">The value before as JSON, or <see langword="null"/> where there was none.</param>
/// <param name="After">The value after as JSON, or <see langword="null"/> where there is none.</param>
/// <param name="At">When, in UTC.</param>
public sealed record TenantChange(
    string Source, string Kind, string Id, string Property, string? Before, string? After, DateTimeOffset At);
