namespace SmtpAuth.Rules.Language;

internal static class Names
{
    private const int LongestCompared = 64;

    public static bool IsQualified(string name)
    {
        var atStart = true;
        foreach (var c in name)
        {
            var isLetter = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';
            if (c == '.' ? atStart : !isLetter && (atStart || c is < '0' or > '9'))
            {
                return false;
            }

            atStart = c == '.';
        }

        return !atStart;
    }

    // The known name most like the one found, when it is like it at all.
    public static string? Closest(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            if (candidate.Length <= LongestCompared && Math.Abs(candidate.Length - name.Length) < bestDistance)
            {
                var distance = Distance(name, candidate);
                if (distance < bestDistance)
                {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }

        return best ?? SameEnding(name, known);
    }

    // A fact asked for under the wrong object: user.address for mailbox.address.
    private static string? SameEnding(string name, IEnumerable<string> known)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? null : known.FirstOrDefault(candidate => candidate.EndsWith(name.Substring(dot), StringComparison.OrdinalIgnoreCase));
    }

    // Levenshtein's distance, ignoring case, one row at a time.
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                var next = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[right.Length];
    }
}
