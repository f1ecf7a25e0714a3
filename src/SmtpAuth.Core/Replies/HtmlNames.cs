namespace SmtpAuth.Replies;

/// <summary>The elements in which error texts come wrapped.</summary>
internal static class HtmlNames
{
    private static readonly HashSet<string> LineBreaking = new(StringComparer.OrdinalIgnoreCase)
    {
        "br", "p", "div", "td", "tr", "th", "table", "tbody", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "html",
        "body", "head", "title", "hr", "pre", "blockquote", "center",
    };

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "span", "b", "i", "u", "strong", "em", "kbd", "code", "a", "font", "tt", "small", "img", "meta", "sub", "sup", "wbr",
    };

    public static bool Contains(string name) => LineBreaking.Contains(name) || Inline.Contains(name);

    public static bool BreaksLine(string name) => LineBreaking.Contains(name);
}
