namespace SmtpAuth;

/// <summary>The routes, and their names in JSON, rules and the command line.</summary>
/// <remarks>Thread-safe.</remarks>
public static class Routes
{
    private static readonly string[] Names =
    [
        "basic", "oauth-delegated", "oauth-app", "smtp-relay", "direct-send", "high-volume-email",
        "azure-communication-services", "graph-send-mail",
    ];

    /// <summary>Gets every route.</summary>
    public static IReadOnlyList<Route> All { get; } = [.. Enumerable.Range(0, Names.Length).Select(index => (Route)index)];

    /// <summary>Returns the route's name, such as <c>oauth-app</c>.</summary>
    /// <param name="route">The route.</param>
    /// <returns>The name: lower case, words joined by hyphens.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="route"/> is not a member of <see cref="Route"/>.</exception>
    public static string ToName(this Route route) => (int)route >= 0 && (int)route < Names.Length
        ? Names[(int)route]
        : throw new ArgumentOutOfRangeException(nameof(route), route, "Expected a member of Route.");

    /// <summary>Finds a route by its name.</summary>
    /// <param name="name">The name, compared exactly; <see langword="null"/> matches nothing.</param>
    /// <param name="route">The route, or the first one when there is none of that name.</param>
    /// <returns><see langword="true"/> when the name is a route's.</returns>
    public static bool TryParse(string? name, out Route route)
    {
        var index = Array.IndexOf(Names, name);
        route = index < 0 ? default : (Route)index;
        return index >= 0;
    }
}
