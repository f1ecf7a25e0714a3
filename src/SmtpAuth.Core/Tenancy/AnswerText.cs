using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Reads the text of a recorded answer, however the recording shell encoded it.</summary>
internal static class AnswerText
{
    // Graph and Exchange nest less than ten levels deep; this is the parser's own default.
    private const int MaximumDepth = 64;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaximumDepth,
    };

    /// <summary>Parses a recorded answer.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="source">The file's name, for the error.</param>
    /// <returns>The content, or <see langword="null"/> where the text is empty.</returns>
    /// <exception cref="FormatException">It is neither UTF-8 nor UTF-16, or not JSON.</exception>
    public static JsonElement? Parse(byte[] bytes, string source)
    {
        var text = Decode(bytes, source);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{source} is not JSON: {Explain(exception)} Record the answer again.", exception);
        }
    }

    /// <summary>Says where and what, in the words of a person.</summary>
    public static string Explain(JsonException exception)
    {
        var message = exception.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var path = message.IndexOf(" Path:", StringComparison.Ordinal);
        end = path >= 0 && (end < 0 || path < end) ? path : end;
        var what = JsonMembers.OneLine(end < 0 ? message : message.Substring(0, end));
        return exception.LineNumber is { } line && exception.BytePositionInLine is { } position
            ? string.Format(CultureInfo.InvariantCulture, "line {0}, column {1}: {2}", line + 1, position + 1, what)
            : what;
    }

    private static string Decode(byte[] bytes, string source)
    {
        var (encoding, skip) = Encoding(bytes);
        try
        {
            return encoding.GetString(bytes, skip, bytes.Length - skip);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(
                $"{source} is not text in UTF-8 or UTF-16. Save it as UTF-8: … | ConvertTo-Json -Depth 10 | Out-File -Encoding utf8 FILE.", exception);
        }
    }

    // Windows PowerShell 5.1 writes UTF-16 with ">" and UTF-8 with a byte order mark with "-Encoding utf8".
    private static (Encoding Encoding, int Skip) Encoding(byte[] bytes)
    {
        var (first, second) = (bytes.Length > 0 ? bytes[0] : -1, bytes.Length > 1 ? bytes[1] : -1);
        return (first, second) switch
        {
            (0xEF, 0xBB) when bytes.Length > 2 && bytes[2] == 0xBF => (new UTF8Encoding(false, true), 3),
            (0xFF, 0xFE) => (new UnicodeEncoding(false, false, true), 2),
            (0xFE, 0xFF) => (new UnicodeEncoding(true, false, true), 2),
            ( > 0, 0) => (new UnicodeEncoding(false, false, true), 0),
            (0, > 0) => (new UnicodeEncoding(true, false, true), 0),
            _ => (new UTF8Encoding(false, true), 0),
        };
    }
}
