using System.Text;

namespace SmtpAuth.Rules.Language;

// The strings extension. Positions count code points.
internal static class StringFunctions
{
    public static IEnumerable<Function> Make() =>
    [
        Member("charAt", "string, int)->string", CharAt),
        Member("indexOf", "string, string)->int; .(string, string, int)->int", static (a, e) => IndexOf(a, e, "indexOf")),
        Member("lastIndexOf", "string, string)->int; .(string, string, int)->int", static (a, e) => IndexOf(a, e, "lastIndexOf")),
        Member("lowerAscii", "string)->string", static (a, e) => e.Text(Map(a[0].StringReference, static c => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c))),
        Member("upperAscii", "string)->string", static (a, e) => e.Text(Map(a[0].StringReference, static c => c is >= 'a' and <= 'z' ? (char)(c & ~0x20) : c))),
        Member("replace", "string, string, string)->string; .(string, string, string, int)->string", Replace),
        Member("split", "string, string)->list(string); .(string, string, int)->list(string)", Split),
        Member("substring", "string, int)->string; .(string, int, int)->string", Substring),
        Member("trim", "string)->string", static (a, e) => e.Text(Trim(a[0].StringReference))),
        Member("reverse", "string)->string", static (a, e) => e.Text(Reverse(a[0].StringReference))),
        new("join", ".(list(string))->string; .(list(string), string)->string", Join),
        new("strings.quote", "(string)->string", static (a, e) => a[0].Kind == CelKind.String ? e.Text(Quote(a[0].StringReference)) : Functions.NoOverload("strings.quote", a[0])),
        new("format", ".(string, list(dyn))->string", StringFormat.Format),
    ];

    // All take a string and then strings or ints, as their signatures say.
    private static Function Member(string name, string signatures, FunctionBody body) => new(name, ".(" + signatures, (arguments, evaluation) =>
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var isText = i == 0 || (i < 3 && name is "replace") || (i == 1 && name is "indexOf" or "lastIndexOf" or "split");
            if (arguments[i].Kind != (isText ? CelKind.String : CelKind.Int))
            {
                return Functions.NoOverload(name, arguments.ToArray());
            }

            evaluation.Charge(isText ? arguments[i].StringReference.Length / 16 : 0);
        }

        return body(arguments, evaluation);
    });

    private static CelValue OutOfRange(long index) => CelValue.Error($"index out of range: {index}");

    private static CelValue CharAt(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var text = arguments[0].StringReference;
        var offset = CelString.Offset(text, arguments[1].Bits);
        return offset < 0 ? OutOfRange(arguments[1].Bits)
            : offset == text.Length ? CelValue.From("")
            : CelValue.From(text.Substring(offset, CelString.Width(text, offset)));
    }

    private static CelValue IndexOf(ReadOnlySpan<CelValue> arguments, Evaluation evaluation, string name)
    {
        var (text, part) = (arguments[0].StringReference, arguments[1].StringReference);
        var isLast = name == "lastIndexOf";
        var from = isLast ? text.Length : 0;
        if (arguments.Length == 3)
        {
            from = CelString.Offset(text, arguments[2].Bits);
            if (from < 0)
            {
                return OutOfRange(arguments[2].Bits);
            }
        }

        if (!evaluation.Charge((long)text.Length * part.Length / (isLast ? 64 : 1024)))
        {
            return evaluation.Exhausted();
        }

        var position = isLast ? LastIndexOf(text, part, from) : text.IndexOf(part, from, StringComparison.Ordinal);
        return CelValue.From(position < 0 ? -1L : CelString.CountBefore(text, position));
    }

    // The last place at or before which the part begins.
    private static int LastIndexOf(string text, string part, int from)
    {
        for (var i = Math.Min(from, text.Length - part.Length); i >= 0; i--)
        {
            if (string.CompareOrdinal(text, i, part, 0, part.Length) == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Map(string text, Func<char, char> map)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = map(characters[i]);
        }

        return new string(characters);
    }

    private static CelValue Replace(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var (text, old, @new) = (arguments[0].StringReference, arguments[1].StringReference, arguments[2].StringReference);
        var limit = arguments.Length == 4 ? arguments[3].Bits : -1;
        limit = limit < 0 ? long.MaxValue : limit;
        if (!evaluation.Charge((long)text.Length * old.Length / 1024))
        {
            return evaluation.Exhausted();
        }

        var result = new StringBuilder();
        var position = 0;
        while (limit > 0 && position <= text.Length)
        {
            var found = old.Length == 0 ? position : text.IndexOf(old, position, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            result.Append(text, position, found - position).Append(@new);
            if (!evaluation.Charge(1 + (@new.Length / 16)) || !evaluation.Fits(result.Length / 16))
            {
                return evaluation.TooLarge();
            }

            position = found + old.Length;
            limit--;
            if (old.Length == 0)
            {
                // The empty string is found between all code points, and at both ends.
                if (position == text.Length)
                {
                    return evaluation.Text(result.ToString());
                }

                var width = CelString.Width(text, position);
                result.Append(text, position, width);
                position += width;
            }
        }

        return evaluation.Text(result.Append(text, position, text.Length - position).ToString());
    }

    private static CelValue Split(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var (text, separator) = (arguments[0].StringReference, arguments[1].StringReference);
        var limit = arguments.Length == 3 ? arguments[2].Bits : -1;
        if (limit == 0)
        {
            return CelValue.FromList(CelList.Empty);
        }

        if (!evaluation.Charge((long)text.Length * separator.Length / 1024))
        {
            return evaluation.Exhausted();
        }

        var parts = new List<CelValue>();
        var position = 0;
        while (limit < 0 || parts.Count < limit - 1)
        {
            var (end, next) = NextPart(text, separator, position);
            if (end < 0)
            {
                break;
            }

            parts.Add(CelValue.From(text.Substring(position, end - position)));
            position = next;
            if (!evaluation.Charge(1))
            {
                return evaluation.Exhausted();
            }
        }

        if (separator.Length > 0 || position < text.Length)
        {
            parts.Add(CelValue.From(text.Substring(position)));
        }

        return evaluation.List([.. parts]);
    }

    private static (int End, int Next) NextPart(string text, string separator, int position)
    {
        if (separator.Length == 0)
        {
            var end = position < text.Length ? position + CelString.Width(text, position) : -1;
            return (end, end);
        }

        var found = text.IndexOf(separator, position, StringComparison.Ordinal);
        return (found, found + separator.Length);
    }

    private static CelValue Substring(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var text = arguments[0].StringReference;
        var start = CelString.Offset(text, arguments[1].Bits);
        if (start < 0)
        {
            return OutOfRange(arguments[1].Bits);
        }

        var end = arguments.Length == 3 ? CelString.Offset(text, arguments[2].Bits) : text.Length;
        return end < 0 ? OutOfRange(arguments[2].Bits)
            : end < start ? CelValue.Error($"invalid substring range. start: {arguments[1].Bits}, end: {arguments[2].Bits}")
            : evaluation.Text(text.Substring(start, end - start));
    }

    // White space as Unicode's property White_Space has it.
    private static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return text.Substring(start, end - start);
    }

    private static string Reverse(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = text.Length; i > 0;)
        {
            var width = i > 1 && char.IsLowSurrogate(text[i - 1]) && char.IsHighSurrogate(text[i - 2]) ? 2 : 1;
            i -= width;
            result.Append(text, i, width);
        }

        return result.ToString();
    }

    private static CelValue Join(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        if (arguments[0].Kind != CelKind.List || (arguments.Length == 2 && arguments[1].Kind != CelKind.String))
        {
            return Functions.NoOverload("join", arguments.ToArray());
        }

        var separator = arguments.Length == 2 ? arguments[1].StringReference : "";
        var result = new StringBuilder();
        var isFirst = true;
        foreach (var item in arguments[0].ListReference.Items)
        {
            if (item.Kind != CelKind.String)
            {
                return Functions.NoOverload("join", item);
            }

            result.Append(isFirst ? "" : separator).Append(item.StringReference);
            isFirst = false;
            if (!evaluation.Charge(1 + (separator.Length / 16)) || !evaluation.Fits(result.Length / 16))
            {
                return evaluation.TooLarge();
            }
        }

        return evaluation.Text(result.ToString());
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isLone = char.IsSurrogate(c) && CelString.Width(text, i) == 1;
            if (!isLone && char.IsSurrogate(c))
            {
                result.Append(c).Append(text[++i]);
                continue;
            }

            result.Append(c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => isLone ? "\ufffd" : c.ToString(),
            });
        }

        return result.Append('"').ToString();
    }
}
