namespace SmtpAuth.Cli.Commands;

/// <summary>A route, and whether it leads around the gate that replied.</summary>
/// <param name="Route">The route.</param>
/// <param name="Title">Its name for a person.</param>
/// <param name="PassesGate">Whether a sender on this route is not stopped by that gate.</param>
/// <param name="Constraints">What the route asks for or cannot do, one sentence each.</param>
/// <param name="Until">Until when it works, or <see langword="null"/> where no end is known.</param>
internal sealed record ExplainedRoute(
    Route Route, string Title, bool PassesGate, IReadOnlyList<string> Constraints, DateTimeOffset? Until);
