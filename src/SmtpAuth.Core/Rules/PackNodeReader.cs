using System.Text;
using System.Text.Json;

namespace SmtpAuth.Rules;

/// <summary>Reads the JSON of a pack's file, comments and trailing commas allowed, and keeps the place of every value.</summary>
internal static class PackNodeReader
{
    private const int MaximumDepth = 64;

    private static readonly JsonReaderOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaximumDepth };

    public static PackNode Read(string file, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new Utf8JsonReader(octets, Options);
        try
        {
            var places = new Places(octets);
            reader.Read();
            var root = Value(ref reader, file, places);
            return reader.Read()
                ? throw new PackFormatException(file, places.Line, places.Column, "found more text after the value, expected the end of the file.")
                : root;
        }
        catch (JsonException exception)
        {
            var (line, column) = ((int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
            throw new PackFormatException(file, line, column, "found text that is not JSON. Correct the file.", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new PackFormatException(file, 1, 1, "found a text that is not Unicode, expected UTF-8.", exception);
        }
    }

    private static PackNode Value(ref Utf8JsonReader reader, string file, Places places)
    {
        places.MoveTo((int)reader.TokenStartIndex);
        var (line, column) = (places.Line, places.Column);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, file, places, new(file, line, column, JsonValueKind.Object, null));
            case JsonTokenType.StartArray:
                var list = new PackNode(file, line, column, JsonValueKind.Array, null);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Items.Add(Value(ref reader, file, places));
                }

                return list;
            case JsonTokenType.String:
                return new(file, line, column, JsonValueKind.String, reader.GetString());
            case JsonTokenType.Number:
                return new(file, line, column, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan.ToArray()));
            case JsonTokenType.True:
                return new(file, line, column, JsonValueKind.True, null);
            case JsonTokenType.False:
                return new(file, line, column, JsonValueKind.False, null);
            default:
                return new(file, line, column, JsonValueKind.Null, null);
        }
    }

    private static PackNode Object(ref Utf8JsonReader reader, string file, Places places, PackNode node)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = Value(ref reader, file, places);
            if (node.Find(name) is not null)
            {
                throw value.Wrong($"found the member '{name}' a second time, expected it once.");
            }

            node.Members.Add(new(name, value));
        }

        return node;
    }

    // Walks forward only, so that placing every value costs one pass over the text.
    private sealed class Places(byte[] octets)
    {
        private int _position;
        private int _lineStart;

        public int Line { get; private set; } = 1;

        public int Column => Encoding.UTF8.GetCharCount(octets, _lineStart, _position - _lineStart) + 1;

        public void MoveTo(int position)
        {
            for (; _position < position; _position++)
            {
                if (octets[_position] == (byte)'\n')
                {
                    Line++;
                    _lineStart = _position + 1;
                }
            }
        }
    }
}
