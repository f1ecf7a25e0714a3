using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes JSON results to a text writer.</summary>
internal static class JsonDocumentWriter
{
    // The output goes to terminals, pipes and files, never into a page, so letters need no escapes.
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = OneLine with { Indented = true };

    /// <summary>Writes one indented document.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, Indented, write);

    /// <summary>Writes one document on one line, and flushes, for a reader that waits for it.</summary>
    public static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write)
    {
        Write(output, OneLine, write);
        output.Flush();
    }

    private static void Write(TextWriter output, JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            write(json);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
