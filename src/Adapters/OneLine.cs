namespace SmtpAuth;

/// <summary>Makes text from outside fit into a sentence: one line, no control characters, not endless.</summary>
internal static class OneLine
{
    public static string Of(string? text, int mostCharacters = 300)
    {
        if (text is null)
        {
            return "";
        }

        var characters = (text.Length > mostCharacters ? text.Remove(mostCharacters) : text).ToCharArray();
        for (var index = 0; index < characters.Length; index++)
        {
            if (char.IsControl(characters[index]))
            {
                characters[index] = ' ';
            }
        }

        return new string(characters).Trim() + (text.Length > mostCharacters ? "…" : "");
    }

    /// <summary>Returns the text of the innermost exception, as a sentence.</summary>
    public static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return Sentence(error.Message);
    }

    /// <summary>Returns the text with a full stop at its end.</summary>
    public static string Sentence(string? text)
    {
        var line = Of(text);
        return line.Length == 0 || line[line.Length - 1] is '.' or '!' or '?' or '…' ? line : line + ".";
    }
}
