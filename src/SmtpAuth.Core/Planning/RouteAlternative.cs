namespace SmtpAuth.Planning;

/// <summary>Another way of getting the mail out, compared with the plan's.</summary>
/// <param name="Route">The route.</param>
/// <param name="Complete">Whether a plan on this route would get the sender through.</param>
/// <param name="Why">Why it ranks where it does: constraints, cost, effort.</param>
/// <param name="Until">Until when the route works, or <see langword="null"/> where no end is known.</param>
public sealed record RouteAlternative(Route Route, bool Complete, string Why, DateTimeOffset? Until);
