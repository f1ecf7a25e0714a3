namespace SmtpAuth.Rules.Language;

// One way to call a function: as x.f(y) or f(x, y), the receiver being the first parameter.
internal sealed class Overload(bool isMember, CelType[] parameters, CelType result)
{
    public bool IsMember { get; } = isMember;

    public CelType[] Parameters { get; } = parameters;

    public CelType Result { get; } = result;

    // Whether placeholders stand for types that each use decides.
    public bool IsGeneric { get; } = HasPlaceholder(result) || Array.Exists(parameters, HasPlaceholder);

    // "(string, int) -> bool; .(string) -> int": overloads apart by semicolons, members with a leading dot.
    public static Overload[] ParseAll(string signatures)
    {
        var result = new List<Overload>();
        foreach (var part in signatures.Split(';'))
        {
            var text = part.Trim();
            var arrow = text.LastIndexOf("->", StringComparison.Ordinal);
            var isMember = text[0] == '.';
            var inner = text.Substring(0, arrow).Trim();
            inner = inner.Substring(isMember ? 2 : 1, inner.Length - (isMember ? 3 : 2));
            result.Add(new(isMember, ParseParameters(inner), CelType.Parse(text.Substring(arrow + 2).Trim())));
        }

        return [.. result];
    }

    private static bool HasPlaceholder(CelType type) =>
        type.Kind == CelTypeKind.Parameter || (type.Parameters.Count > 0 && type.Parameters.Any(HasPlaceholder));

    private static CelType[] ParseParameters(string text)
    {
        var result = new List<CelType>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (i > start)
                {
                    result.Add(CelType.Parse(text.Substring(start, i - start).Trim()));
                }

                start = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }

        return [.. result];
    }
}
