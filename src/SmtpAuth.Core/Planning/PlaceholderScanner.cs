using System.Text;

namespace SmtpAuth.Planning;

/// <summary>Replaces the placeholders of a template, <c>${…}</c>, which may be nested.</summary>
internal static class PlaceholderScanner
{
    private const string Opening = "${";

    /// <summary>Replaces each placeholder by what <paramref name="replace"/> makes of what stands between its braces.</summary>
    public static string Replace(string template, Func<string, string> replace)
    {
        var result = new StringBuilder(template.Length);
        var position = 0;
        while (template.IndexOf(Opening, position, StringComparison.Ordinal) is >= 0 and var start && End(template, start) is >= 0 and var end)
        {
            result.Append(template, position, start - position);
            result.Append(replace(template.Substring(start + Opening.Length, end - start - Opening.Length)));
            position = end + 1;
        }

        return result.Append(template, position, template.Length - position).ToString();
    }

    /// <summary>Returns what stands between the braces where the whole template is one placeholder.</summary>
    public static string? Whole(string template) =>
        template.StartsWith(Opening, StringComparison.Ordinal) && End(template, 0) == template.Length - 1
            ? template.Substring(Opening.Length, template.Length - Opening.Length - 1)
            : null;

    private static int End(string template, int start)
    {
        var depth = 0;
        for (var index = start + 1; index < template.Length; index++)
        {
            depth += template[index] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return index;
            }
        }

        return -1;
    }
}
