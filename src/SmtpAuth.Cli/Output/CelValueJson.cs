using System.Globalization;
using System.Text.Json;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Cli.Output;

/// <summary>Values of the expression language in the JSON form of <c>cel.expr.Value</c>.</summary>
/// <seealso href="https://github.com/google/cel-spec/blob/master/proto/cel/expr/value.proto"/>
internal static class CelValueJson
{
    private const int Deepest = 64;
    private const string TimestampType = "type.googleapis.com/google.protobuf.Timestamp";
    private const string DurationType = "type.googleapis.com/google.protobuf.Duration";

    // The language itself reads and prints times to the nanosecond, which no type of .NET holds.
    private static readonly CelEnvironment OneValue = new CelEnvironment.Builder().AddVariable("value", CelType.Dyn).Build();
    private static readonly CelProgram ToText = OneValue.Compile("string(value)");
    private static readonly CelProgram ToTimestamp = OneValue.Compile("timestamp(value)");
    private static readonly CelProgram ToDuration = OneValue.Compile("duration(value)");

    public static void Write(Utf8JsonWriter json, CelValue value)
    {
        json.WriteStartObject();
        switch (value.Kind)
        {
            case CelKind.Null:
                json.WriteNull("nullValue");
                break;
            case CelKind.Bool:
                json.WriteBoolean("boolValue", value.IsTrue);
                break;
            case CelKind.Int:
                json.WriteString("int64Value", value.AsInt64().ToString(CultureInfo.InvariantCulture));
                break;
            case CelKind.Uint:
                json.WriteString("uint64Value", value.AsUInt64().ToString(CultureInfo.InvariantCulture));
                break;
            case CelKind.Double:
                WriteDouble(json, value.AsDouble());
                break;
            case CelKind.String:
                json.WriteString("stringValue", value.AsString());
                break;
            case CelKind.Bytes:
                json.WriteBase64String("bytesValue", value.AsBytes().Span);
                break;
            case CelKind.Timestamp:
                WriteObjectValue(json, TimestampType, value);
                break;
            case CelKind.Duration:
                WriteObjectValue(json, DurationType, value);
                break;
            case CelKind.Type:
                json.WriteString("typeValue", value.AsType().Name);
                break;
            case CelKind.List:
                json.WriteStartObject("listValue");
                json.WriteStartArray("values");
                foreach (var item in value.AsList())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case CelKind.Map:
                json.WriteStartObject("mapValue");
                json.WriteObjects("entries", value.AsMap(), entry =>
                {
                    json.WritePropertyName("key");
                    Write(json, entry.Key);
                    json.WritePropertyName("value");
                    Write(json, entry.Value);
                });
                json.WriteEndObject();
                break;
            case CelKind.Optional:
                json.WritePropertyName("optionalValue");
                if (value.TryGetOptional(out var held))
                {
                    Write(json, held);
                }
                else
                {
                    json.WriteNullValue();
                }

                break;
            default:
                json.WriteString("$unknown", value.ToString());
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CelValue Read(JsonElement element, string name) => Read(element, name, 0);

    private static CelValue Read(JsonElement element, string name, int depth)
    {
        if (depth > Deepest)
        {
            throw new FormatException($"{name}: expected at most {Deepest} levels of lists and maps.");
        }

        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Count() != 1)
        {
            throw new FormatException($"{name}: expected an object with one member, such as {{\"int64Value\": \"1\"}}.");
        }

        var member = element.EnumerateObject().Single();
        try
        {
            return member.Name switch
            {
                "nullValue" => CelValue.Null,
                "boolValue" => CelValue.From(member.Value.GetBoolean()),
                "int64Value" => CelValue.From(long.Parse(Digits(member.Value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
                "uint64Value" => CelValue.From(ulong.Parse(Digits(member.Value), NumberStyles.None, CultureInfo.InvariantCulture)),
                "doubleValue" => CelValue.From(ReadDouble(member.Value)),
                "stringValue" => CelValue.From(member.Value.GetString()),
                "bytesValue" => CelValue.From(member.Value.GetBytesFromBase64()),
                "typeValue" => CelValue.From(CelType.Parse(member.Value.GetString()!)),
                "listValue" => CelValue.List([.. Items(member.Value, "values").Select(item => Read(item, name, depth + 1))]),
                "mapValue" => CelValue.Map(
                [
                    .. Items(member.Value, "entries").Select(entry => KeyValuePair.Create(
                        Read(entry.GetProperty("key"), name, depth + 1), Read(entry.GetProperty("value"), name, depth + 1))),
                ]),
                "objectValue" => ReadObjectValue(member.Value),
                "$unknown" => CelValue.Unknown(UnknownSet.Of(name)),
                _ => throw new FormatException($"'{member.Name}' is no kind of value"),
            };
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or OverflowException
            or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"{name}: {member.Name} cannot be read: {failure.Message}", failure);
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumber("doubleValue", number);
        }
        else
        {
            json.WriteString("doubleValue", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
    }

    private static void WriteObjectValue(Utf8JsonWriter json, string type, CelValue value)
    {
        json.WriteStartObject("objectValue");
        json.WriteString("@type", type);
        json.WriteString("value", Convert(ToText, value).AsString());
        json.WriteEndObject();
    }

    private static CelValue ReadObjectValue(JsonElement value) => value.GetProperty("@type").GetString() switch
    {
        TimestampType => Convert(ToTimestamp, CelValue.From(value.GetProperty("value").GetString())),
        DurationType => Convert(ToDuration, CelValue.From(value.GetProperty("value").GetString())),
        var other => throw new FormatException($"'{other}' is neither a timestamp nor a duration"),
    };

    private static CelValue Convert(CelProgram program, CelValue value)
    {
        var converted = program.Evaluate(new CelBindings().Set("value", value));
        return converted.IsError ? throw new FormatException(converted.AsError().Message) : converted;
    }

    // The JSON form of protocol buffers writes 64-bit numbers as strings and takes plain numbers too.
    private static string Digits(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString()!;

    private static double ReadDouble(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        };

    private static JsonElement.ArrayEnumerator Items(JsonElement container, string name) =>
        container.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;
}
