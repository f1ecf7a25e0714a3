using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>Writes objects as the admin REST service does: with type decorations, and in the odd spellings when asked for.</summary>
internal static class ExchangeRendering
{
    private const string NullableBoolean =
        "System.Nullable`1[[System.Boolean, mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089]]";

    public static JsonObject Render(JsonObject item, EmulatedBehavior behavior, IReadOnlyList<string>? select)
    {
        var result = new JsonObject();
        foreach (var (name, value) in item)
        {
            if (name.StartsWith('#')
                || (select is not null && !select.Contains(name, StringComparer.OrdinalIgnoreCase))
                || (value is null && behavior.ExchangeOmitsNull))
            {
                continue;
            }

            switch (value)
            {
                case JsonArray:
                    result[name + "@odata.type"] = "#Collection(String)";
                    break;
                case JsonValue when name is "Guid" or "ExchangeObjectId":
                    result[name + "@data.type"] = "System.Guid";
                    break;
                case JsonValue when name == "SmtpClientAuthenticationDisabled":
                    result[name + "@data.type"] = item.ContainsKey("PrimarySmtpAddress") ? NullableBoolean : "System.Boolean";
                    break;
                case JsonValue when name == "MessageExpiration":
                    result[name + "@data.type"] = "System.TimeSpan";
                    break;
                case JsonValue when name.EndsWith("UTC", StringComparison.Ordinal):
                    result[name + "@data.type"] = "System.DateTime";
                    break;
                default:
                    break;
            }

            result[name] = behavior.ExchangeBooleansAsText && value is JsonValue flag && flag.TryGetValue<bool>(out var known)
                ? JsonValue.Create(known ? "True" : "False")
                : value?.DeepClone();
        }

        return result;
    }

    public static JsonObject Error(string code, string message, CmdletFailure? failure = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (failure is not null)
        {
            error["details"] = failure.IsBinding ? new JsonArray() : new JsonArray(new JsonObject
            {
                ["code"] = "Client",
                ["target"] = string.Empty,
                ["message"] = $"{failure.Code}|{failure.Type}|{failure.Message}",
            });

            // The spelling differs between the two sources of errors.
            error[failure.IsBinding ? "InnerError" : "innererror"] = Inner(message, new JsonObject
            {
                ["message"] = failure.Message,
                ["type"] = failure.Type,
                ["stacktrace"] = string.Empty,
            });
        }

        return new JsonObject { ["error"] = error };
    }

    public static JsonObject Inner(string message, JsonNode? cause)
    {
        var inner = new JsonObject
        {
            ["message"] = message,
            ["type"] = "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
            ["stacktrace"] = string.Empty,
        };
        if (cause is not null)
        {
            inner["internalexception"] = cause;
        }

        return inner;
    }
}
