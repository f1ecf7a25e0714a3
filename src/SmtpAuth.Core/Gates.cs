namespace SmtpAuth;

/// <summary>The gates in order, and their names in JSON, rules and the command line.</summary>
/// <remarks>Thread-safe.</remarks>
public static class Gates
{
    private static readonly string[] Names =
    [
        "network", "tls", "endpoint", "mechanism", "basic-retirement", "authentication-policy", "smtp-auth-switch",
        "federation", "account", "security-defaults", "conditional-access", "per-user-mfa", "oauth-authorization",
        "mailbox", "send-as", "limits", "reputation",
    ];

    /// <summary>Gets every gate, in the order in which a submission meets them.</summary>
    public static IReadOnlyList<Gate> All { get; } = [.. Enumerable.Range(0, Names.Length).Select(index => (Gate)index)];

    /// <summary>Returns the gate's name, such as <c>smtp-auth-switch</c>.</summary>
    /// <param name="gate">The gate.</param>
    /// <returns>The name: lower case, words joined by hyphens.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gate"/> is not a member of <see cref="Gate"/>.</exception>
    public static string ToName(this Gate gate) => (int)gate >= 0 && (int)gate < Names.Length
        ? Names[(int)gate]
        : throw new ArgumentOutOfRangeException(nameof(gate), gate, "Expected a member of Gate.");

    /// <summary>Finds a gate by its name.</summary>
    /// <param name="name">The name, compared exactly; <see langword="null"/> matches nothing.</param>
    /// <param name="gate">The gate, or the first one when there is none of that name.</param>
    /// <returns><see langword="true"/> when the name is a gate's.</returns>
    public static bool TryParse(string? name, out Gate gate)
    {
        var index = Array.IndexOf(Names, name);
        gate = index < 0 ? default : (Gate)index;
        return index >= 0;
    }
}
