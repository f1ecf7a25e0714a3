using System.Text;
using System.Text.Json;

namespace SmtpAuth.Rules;

/// <summary>Reads the JSON of a pack's file, comments and trailing commas allowed, and keeps the place of every value.</summary>
internal static class PackNodeReader
{
    private const int MaximumDepth = 64;

    private static readonly JsonReaderOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaximumDepth };

    public static PackNode Read(string name, string text)
    {
        var file = new PackFile(name, Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')));
        var reader = new Utf8JsonReader(file.Octets, Options);
        try
        {
            reader.Read();
            var root = Value(ref reader, file);
            return reader.Read()
                ? throw file.Wrong((int)reader.TokenStartIndex, "found more text after the value, expected the end of the file.")
                : root;
        }
        catch (JsonException exception)
        {
            throw file.Wrong((int)reader.BytesConsumed, "found text that is not JSON. Correct the file.", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw file.Wrong((int)reader.TokenStartIndex, "found a text that is not Unicode, expected UTF-8.", exception);
        }
    }

    private static PackNode Value(ref Utf8JsonReader reader, PackFile file)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, file, new(file, offset, JsonValueKind.Object, null));
            case JsonTokenType.StartArray:
                var list = new PackNode(file, offset, JsonValueKind.Array, null);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Items.Add(Value(ref reader, file));
                }

                return list;
            case JsonTokenType.String:
                return new(file, offset, JsonValueKind.String, reader.GetString());
            case JsonTokenType.Number:
                return new(file, offset, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan.ToArray()));
            case JsonTokenType.True:
                return new(file, offset, JsonValueKind.True, null);
            case JsonTokenType.False:
                return new(file, offset, JsonValueKind.False, null);
            default:
                return new(file, offset, JsonValueKind.Null, null);
        }
    }

    private static PackNode Object(ref Utf8JsonReader reader, PackFile file, PackNode node)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = Value(ref reader, file);
            if (!names.Add(name))
            {
                throw value.Wrong($"found the member '{name}' a second time, expected it once.");
            }

            node.Members.Add(new(name, value));
        }

        return node;
    }
}
