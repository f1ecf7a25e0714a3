using System.Text;

namespace SmtpAuth.Cli.Options;

/// <summary>Gets an error text from an argument, a file or standard input.</summary>
internal static class ErrorTextReader
{
    // A bounce with its attachments stays far below; what is larger is not an error text.
    internal const int LongestText = 16 * 1024 * 1024;

    /// <summary>Returns the text itself, or standard input where the text is <c>-</c>.</summary>
    public static async Task<string> ReadAsync(string textOrDash, CommandStreams streams, CancellationToken cancellationToken)
    {
        var text = textOrDash == "-" ? await ReadAllAsync(streams.In, "standard input", cancellationToken) : textOrDash;
        return NotEmpty(text, textOrDash == "-" ? "standard input" : "the text");
    }

    public static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(path);
            return NotEmpty(await ReadAllAsync(reader, $"'{path}'", cancellationToken), $"'{path}'");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailure.BadInput($"--file: '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    private static string NotEmpty(string text, string where) => string.IsNullOrWhiteSpace(text)
        ? throw CommandFailure.BadInput(
            $"Found no text in {where}. Expected the error text of a mail program, a log line, a transcript or a bounce.")
        : text;

    private static async Task<string> ReadAllAsync(TextReader reader, string where, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[16 * 1024];
        while (true)
        {
            var count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken);
            if (count == 0)
            {
                return text.ToString();
            }

            text.Append(buffer, 0, count);
            if (text.Length > LongestText)
            {
                throw CommandFailure.BadInput(
                    $"Found more than {LongestText / (1024 * 1024)} million characters in {where}. Expected the error text alone.");
            }
        }
    }
}
