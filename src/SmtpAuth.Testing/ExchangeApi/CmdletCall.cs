using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>One call of a cmdlet. A parameter that is absent differs from one that is null.</summary>
internal sealed class CmdletCall(string name, JsonObject parameters, DateTimeOffset now)
{
    public string Name => name;

    public DateTimeOffset Now => now;

    public IEnumerable<string> ParameterNames => parameters.Select(parameter => parameter.Key)
        .Where(key => !key.Contains('@', StringComparison.Ordinal));

    public bool IsWhatIf => Flag("WhatIf") == true;

    public bool Has(string parameter) => parameters.ContainsKey(parameter);

    public JsonNode? Raw(string parameter) => parameters[parameter];

    /// <summary>Reads a text; null for absent, null and the empty text.</summary>
    public string? Text(string parameter) => parameters[parameter] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length == 0 ? null : text,
        JsonValue value => value.ToString(),
        null => null,
        _ => throw CmdletFailure.Transformation(parameter, "System.Object", "System.String"),
    };

    public string Mandatory(string parameter) => Text(parameter) ?? throw CmdletFailure.Missing(parameter);

    /// <summary>Reads a switch or a nullable boolean: null for absent and null.</summary>
    public bool? Flag(string parameter)
    {
        var node = parameters[parameter];
        return node is null ? null : Json.AsFlag(node) ?? AsNumber(node) ?? throw CmdletFailure.Transformation(
            parameter, Shown(node), "System.Nullable`1[System.Boolean]");
    }

    public IReadOnlyList<string> Texts(string parameter) => parameters.Texts(parameter);

    /// <summary>Applies a list parameter to a list: replaced by a plain list, or added to and removed from by a hash table.</summary>
    public JsonArray List(string parameter, IReadOnlyList<string> current) => parameters[parameter] is JsonObject change
        ? Json.Array(current
            .Concat(change.Texts("Add"))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Except(change.Texts("Remove"), StringComparer.OrdinalIgnoreCase))
        : Json.Array(Texts(parameter));

    private static bool? AsNumber(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<int>(out var number) ? number != 0 : null;

    private static string Shown(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => "System.Collections.Hashtable",
        JsonValueKind.Array => "System.Object[]",
        _ => node.ToString() is var text && text.Length > 100 ? text[..100] : node.ToString(),
    };
}
