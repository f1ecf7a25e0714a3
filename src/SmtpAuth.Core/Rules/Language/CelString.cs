namespace SmtpAuth.Rules.Language;

// Strings of the language are sequences of code points; .NET's are UTF-16. Where there are no surrogates they agree.
internal static class CelString
{
    public static int CountCodePoints(string text)
    {
        var count = text.Length;
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    // By code point: UTF-16 order differs only where surrogates meet U+E000 to U+FFFF.
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            if (left[i] != right[i])
            {
                var leftSurrogate = char.IsSurrogate(left[i]);
                return leftSurrogate == char.IsSurrogate(right[i]) ? left[i].CompareTo(right[i]) : leftSurrogate ? 1 : -1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    // The UTF-16 position of a code point, or -1 past the end.
    public static int Offset(string text, long codePoint)
    {
        if (codePoint < 0)
        {
            return -1;
        }

        var position = 0;
        for (; codePoint > 0; codePoint--)
        {
            if (position >= text.Length)
            {
                return -1;
            }

            position += Width(text, position);
        }

        return position;
    }

    public static int CountBefore(string text, int position) => CountCodePoints(text.Substring(0, position));

    public static int Width(string text, int position) =>
        char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]) ? 2 : 1;
}
