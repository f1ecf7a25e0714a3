using System.Text;

namespace SmtpAuth.Cli.Output;

/// <summary>Makes text from outside safe to show: nothing in it moves the cursor, changes colours or reverses the line.</summary>
internal static class Printable
{
    /// <summary>One line: breaks become blanks.</summary>
    public static string Line(string text) => Text(text.ReplaceLineEndings(" ")).Trim();

    /// <summary>Keeps line feeds; every other control character becomes a replacement character.</summary>
    public static string Text(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            safe.Append(character switch
            {
                '\t' => ' ',
                '\r' => "",
                _ when IsUnsafe(character) => '\uFFFD',
                _ => (object)character,
            });
        }

        return safe.ToString();
    }

    // Control characters, and the marks that change the direction of the text around them.
    private static bool IsUnsafe(char character) =>
        (char.IsControl(character) && character != '\n')
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F';
}
