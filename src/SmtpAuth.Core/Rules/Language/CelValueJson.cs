using System.Globalization;
using System.Text.Json;

namespace SmtpAuth.Rules.Language;

/// <summary>Reads and writes values in the JSON form of <c>cel.expr.Value</c>, which tools of the language exchange.</summary>
/// <seealso href="https://github.com/google/cel-spec/blob/master/proto/cel/expr/value.proto">value.proto, as of 2026-11</seealso>
public static class CelValueJson
{
    private const string TypePrefix = "type.googleapis.com/google.protobuf.";

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value; neither unknown nor an error. An optional is written as its value, or null.</param>
    /// <exception cref="ArgumentException">The value is unknown or an error.</exception>
    public static void Write(Utf8JsonWriter writer, CelValue value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Kind == CelKind.Optional)
        {
            Write(writer, value.TryGetOptional(out var held) ? held : CelValue.Null);
            return;
        }

        writer.WriteStartObject();
        switch (value.Kind)
        {
            case CelKind.Null:
                writer.WriteNull("nullValue");
                break;
            case CelKind.Bool:
                writer.WriteBoolean("boolValue", value.BoolBits);
                break;
            case CelKind.Int:
                writer.WriteString("int64Value", value.Bits.ToString(CultureInfo.InvariantCulture));
                break;
            case CelKind.Uint:
                writer.WriteString("uint64Value", value.UintBits.ToString(CultureInfo.InvariantCulture));
                break;
            case CelKind.Double:
                WriteDouble(writer, value.DoubleBits);
                break;
            case CelKind.String:
                writer.WriteString("stringValue", value.StringReference);
                break;
            case CelKind.Bytes:
                writer.WriteBase64String("bytesValue", (byte[])value.Reference!);
                break;
            case CelKind.Timestamp:
                WriteObject(writer, "Timestamp", CelTime.TimestampText(value));
                break;
            case CelKind.Duration:
                WriteObject(writer, "Duration", CelTime.DurationText(value));
                break;
            case CelKind.List:
                WriteList(writer, value.ListReference);
                break;
            case CelKind.Map:
                WriteMap(writer, value.MapReference);
                break;
            case CelKind.Type:
                writer.WriteString("typeValue", value.AsType().Name);
                break;
            default:
                throw new ArgumentException("An unknown value or an error has no JSON form of its own.", nameof(value));
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a value.</summary>
    /// <param name="json">An object with one property such as <c>int64Value</c>.</param>
    /// <returns>The value; an error value for what has no counterpart here, such as a protobuf message.</returns>
    public static CelValue Read(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.EnumerateObject().FirstOrDefault() is { Name: not null } property
        ? Read(property.Name, property.Value)
        : CelValue.Error("expected an object with one property such as int64Value");

    private static CelValue Read(string name, JsonElement json)
    {
        switch (name, json.ValueKind)
        {
            case ("nullValue", _):
                return CelValue.Null;
            case ("boolValue", JsonValueKind.True or JsonValueKind.False):
                return CelValue.From(json.GetBoolean());
            case ("int64Value", _) when long.TryParse(Text(json), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return CelValue.From(number);
            case ("uint64Value", _) when ulong.TryParse(Text(json), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return CelValue.From(number);
            case ("doubleValue", _) when CelNumberText.TryParseDouble(Text(json), out var number):
                return CelValue.From(number);
            case ("stringValue", JsonValueKind.String):
                return CelValue.From(json.GetString());
            case ("bytesValue", JsonValueKind.String) when json.TryGetBytesFromBase64(out var octets):
                return CelValue.From(octets);
            case ("typeValue", JsonValueKind.String):
                return CelValue.From(TypeNames.Find(json.GetString()!) ?? CelType.Opaque(json.GetString()!));
            case ("listValue", JsonValueKind.Object):
                return ReadList(json);
            case ("mapValue", JsonValueKind.Object):
                return ReadMap(json);
            case ("objectValue", JsonValueKind.Object):
                return ReadObject(json);
            default:
                return CelValue.Error($"'{CelLiteral.Shorten(name)}' is not a value of this language, or its content is malformed");
        }
    }

    private static string Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();

    private static CelValue ReadList(JsonElement json)
    {
        var items = new List<CelValue>();
        if (json.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            items.AddRange(values.EnumerateArray().Select(Read));
        }

        return CelValue.List([.. items]);
    }

    private static CelValue ReadMap(JsonElement json)
    {
        var entries = new List<KeyValuePair<CelValue, CelValue>>();
        if (json.TryGetProperty("entries", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in values.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("key", out var key) || !entry.TryGetProperty("value", out var value))
                {
                    return CelValue.Error("a map entry has a key and a value");
                }

                entries.Add(new(Read(key), Read(value)));
            }
        }

        return CelValue.Map([.. entries]);
    }

    private static CelValue ReadObject(JsonElement json)
    {
        var type = json.TryGetProperty("@type", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : "";
        var text = json.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return type switch
        {
            TypePrefix + "Timestamp" => CelTime.ParseTimestamp(text),
            TypePrefix + "Duration" => CelTime.ParseDuration(text),
            _ => CelValue.Error($"the message type '{CelLiteral.Shorten(type ?? "")}' is not part of this language"),
        };
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            writer.WriteString("doubleValue", double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
        else
        {
            writer.WriteNumber("doubleValue", value);
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, string type, string value)
    {
        writer.WriteStartObject("objectValue");
        writer.WriteString("@type", TypePrefix + type);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, CelList list)
    {
        writer.WriteStartObject("listValue");
        writer.WriteStartArray("values");
        foreach (var item in list.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, CelMap map)
    {
        writer.WriteStartObject("mapValue");
        writer.WriteStartArray("entries");
        foreach (var entry in map)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("key");
            Write(writer, entry.Key);
            writer.WritePropertyName("value");
            Write(writer, entry.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
