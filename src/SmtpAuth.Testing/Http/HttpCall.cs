using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Http;

/// <summary>One request, whether it came over its own connection or inside a batch.</summary>
internal sealed record HttpCall(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private IReadOnlyDictionary<string, string>? _query;
    private string[]? _segments;

    /// <summary>Gets the path's segments, decoded. An encoded slash stays inside its segment.</summary>
    public string[] Segments => _segments ??=
        [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    public string Path => Target.Split('?', 2)[0];

    /// <summary>Gets the query, decoded; a name given twice keeps its first value.</summary>
    public IReadOnlyDictionary<string, string> Query => _query ??= ParseQuery(Target);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Gets the bearer token, or null when there is none.</summary>
    public string? BearerToken => Header("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        ? value["Bearer ".Length..].Trim()
        : null;

    private static Dictionary<string, string> ParseQuery(string target)
    {
        var query = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var parts = target.Split('?', 2);
        if (parts.Length < 2)
        {
            return query;
        }

        foreach (var pair in parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = pair.Split('=', 2);
            query.TryAdd(Decode(sides[0]), sides.Length < 2 ? string.Empty : Decode(sides[1]));
        }

        return query;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
