namespace SmtpAuth.Testing.Smtp;

/// <summary>One command line, taken apart.</summary>
internal sealed record SmtpCommand(string Verb, string Argument)
{
    private static readonly string[] MailParameters = ["SIZE", "BODY", "RET", "ENVID", "AUTH", "SMTPUTF8"];
    private static readonly string[] RcptParameters = ["NOTIFY", "ORCPT"];

    public static SmtpCommand Parse(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0
            ? new SmtpCommand(line.Trim().ToUpperInvariant(), string.Empty)
            : new SmtpCommand(line[..blank].ToUpperInvariant(), line[(blank + 1)..].Trim());
    }

    /// <summary>Reads <c>FROM:&lt;address&gt; PARAMETER=value …</c>; null when it is not of that form.</summary>
    public SmtpPath? Path(string keyword)
    {
        if (!Argument.StartsWith(keyword + ":", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = Argument[(keyword.Length + 1)..].TrimStart();
        var close = rest.IndexOf('>', StringComparison.Ordinal);
        var (address, parameters) = rest.StartsWith('<') && close > 0
            ? (rest[1..close], rest[(close + 1)..])
            : (rest.Split(' ')[0], rest.Contains(' ', StringComparison.Ordinal) ? rest[rest.IndexOf(' ', StringComparison.Ordinal)..] : string.Empty);
        var known = keyword == "FROM" ? MailParameters : RcptParameters;
        var given = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=', 2)).ToList();
        return given.TrueForAll(pair => known.Contains(pair[0], StringComparer.OrdinalIgnoreCase))
            ? new SmtpPath(address, Size(given))
            : null;
    }

    /// <summary>Tells whether a name is one that a client may introduce itself with.</summary>
    public static bool IsDomain(string name) => name.Length is > 0 and <= 255
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or ':' or '[' or ']');

    public static bool IsAddress(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= 320
            && address.All(character => !char.IsControl(character) && character is not (' ' or '<' or '>'));
    }

    private static long Size(List<string[]> parameters) =>
        parameters.Find(pair => pair.Length == 2 && string.Equals(pair[0], "SIZE", StringComparison.OrdinalIgnoreCase)) is { } size
        && long.TryParse(size[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : 0;
}
