using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace SmtpAuth.Cli.Output;

/// <summary>One line of a <c>--jsonl</c> run: an object with an id, or the reason why it is none.</summary>
internal sealed class JsonLine : IDisposable
{
    private const int LongestLine = 16 * 1024 * 1024;
    private readonly JsonDocument? _document;

    private JsonLine(JsonDocument? document, string? error)
    {
        _document = document;
        Error = error;
    }

    /// <summary>Gets what is wrong with the line, or <see langword="null"/>.</summary>
    public string? Error { get; }

    /// <summary>Reads the lines of a text one by one. Empty ones are passed over; one without end uses bounded memory.</summary>
    public static async IAsyncEnumerable<JsonLine> ReadAllAsync(
        TextReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new char[16 * 1024];
        var line = new StringBuilder();
        var tooLong = false;
        int count;
        while ((count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
        {
            for (int start = 0, end; start < count; start = end + 1)
            {
                end = Array.IndexOf(buffer, '\n', start, count - start);
                var stop = end < 0 ? count : end;
                tooLong |= line.Length + stop - start > LongestLine;
                line.Append(buffer, start, tooLong ? 0 : stop - start);
                if (end < 0)
                {
                    break;
                }

                if (Take(line, ref tooLong) is { } complete)
                {
                    yield return complete;
                }
            }
        }

        if (Take(line, ref tooLong) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Writes the id as it came, so that the reader finds its line again.</summary>
    public void WriteId(Utf8JsonWriter json)
    {
        json.WritePropertyName("id");
        if (Member("id") is { } id)
        {
            json.WriteRawValue(id.GetRawText(), skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>Gets a string member, or <see langword="null"/> where there is none that is a well-formed string.</summary>
    public string? Text(string name)
    {
        if (Member(name) is not { ValueKind: JsonValueKind.String } member)
        {
            return null;
        }

        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: valid JSON, and yet no text.
            return null;
        }
    }

    public JsonElement? Member(string name) =>
        _document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var member) ? member : null;

    public void Dispose() => _document?.Dispose();

    private static JsonLine? Take(StringBuilder line, ref bool tooLong)
    {
        var text = line.ToString();
        line.Clear();
        if (tooLong)
        {
            tooLong = false;
            return new JsonLine(null, $"Expected at most {LongestLine / (1024 * 1024)} million characters on one line.");
        }

        return string.IsNullOrWhiteSpace(text) ? null : Parse(text);
    }

    private static JsonLine Parse(string line)
    {
        try
        {
            var document = JsonDocument.Parse(line.TrimStart('\uFEFF'));
            return new JsonLine(document, document.RootElement.ValueKind == JsonValueKind.Object
                ? null
                : $"Expected a JSON object, and found {document.RootElement.ValueKind.ToString().ToLowerInvariant()}.");
        }
        catch (JsonException failure)
        {
            return new JsonLine(null, $"Expected one JSON object on the line: {failure.Message}");
        }
    }
}
