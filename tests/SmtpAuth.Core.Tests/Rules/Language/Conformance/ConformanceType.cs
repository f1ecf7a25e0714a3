using System.Text.Json;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language.Conformance;

/// <summary>Reads <c>cel.expr.Type</c>.</summary>
internal static class ConformanceType
{
    public static CelType Read(JsonElement json)
    {
        var property = json.EnumerateObject().First();
        var value = property.Value;
        return property.Name switch
        {
            "primitive" => Primitive(value.GetString()!),
            "wrapper" => CelType.Nullable(Primitive(value.GetString()!)),
            "wellKnown" => value.GetString() switch
            {
                "TIMESTAMP" => CelType.Timestamp,
                "DURATION" => CelType.Duration,
                var other => throw new NotSupportedException(other),
            },
            "messageType" => CelType.Parse(value.GetString()!),
            "null" => CelType.Null,
            "dyn" => CelType.Dyn,
            "listType" => CelType.List(Read(value.GetProperty("elemType"))),
            "mapType" => CelType.Map(Read(value.GetProperty("keyType")), Read(value.GetProperty("valueType"))),
            "typeParam" => CelType.Parameter(value.GetString()!),
            "abstractType" => CelType.Opaque(
                value.GetProperty("name").GetString()!,
                value.TryGetProperty("parameterTypes", out var parameters) ? parameters.EnumerateArray().Select(Read).ToArray() : []),
            _ => throw new NotSupportedException(property.Name),
        };
    }

    private static CelType Primitive(string name) => name switch
    {
        "BOOL" => CelType.Bool,
        "INT64" => CelType.Int,
        "UINT64" => CelType.Uint,
        "DOUBLE" => CelType.Double,
        "STRING" => CelType.String,
        "BYTES" => CelType.Bytes,
        _ => throw new NotSupportedException(name),
    };
}
