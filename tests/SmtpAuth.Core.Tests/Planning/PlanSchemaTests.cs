using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmtpAuth.Execution;

namespace SmtpAuth.Planning;

/// <summary>The schema that editors use says the same as the reader.</summary>
public class PlanSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(SourceTree.Root, "src", "SmtpAuth.Core", "Pack", "plan.schema.json")))!.AsObject();

    private static readonly RemediationPlan Plan = SomePlan.With(
        SomePlan.MailboxSwitch(),
        SomePlan.CreatePolicy(),
        SomePlan.SecurityDefaultsOff() with { Undo = null, PropagationMaximum = TimeSpan.FromDays(2) + TimeSpan.FromTicks(1) },
        SomePlan.PerUserMfaOff() with { Action = new StepAction.Manual() }) with
    {
        TenantId = "11111111-1111-1111-1111-111111111111",
        Submission = new() { Mailbox = "a@contoso.example", From = "b@contoso.example", AppId = Guid.Empty, IpAddress = "192.0.2.1" },
        Withheld = [new("x", "per-user-mfa-off", null, "why"), new(null, null, "unknown-facts", "why")],
        Alternatives = [new(Route.DirectSend, true, "why", SkippingTime.Start.AddTicks(1)), new(Route.Basic, true, "why", null)],
    };

    [Fact]
    public void What_is_written_fits_the_schema() =>
        Faults(Schema, JsonNode.Parse(PlanJson.Write(Plan)), "plan").Should().BeEmpty();

    [Fact]
    public void Every_member_that_the_schema_requires_is_missed_by_the_reader_too()
    {
        foreach (var (path, remove) in Members(JsonNode.Parse(PlanJson.Write(Plan))!, "plan"))
        {
            var json = JsonNode.Parse(PlanJson.Write(Plan))!;
            remove(json);
            var reading = () => PlanJson.Read(json.ToJsonString());

            reading.Should().Throw<PlanFormatException>("{0} is missing", path);
        }
    }

    [Theory]
    [InlineData("hash", "\"md5:00\"")]
    [InlineData("route", "\"pigeon\"")]
    [InlineData("complete", "1")]
    [InlineData("expires", "\"tomorrow\"")]
    [InlineData("more", "1")]
    [InlineData("steps", "[{}]")]
    public void What_the_reader_refuses_the_schema_refuses(string member, string value)
    {
        var json = JsonNode.Parse(PlanJson.Write(Plan))!;
        json[member] = JsonNode.Parse(value);

        Faults(Schema, json, "plan").Should().NotBeEmpty();
        ((Action)(() => PlanJson.Read(json.ToJsonString()))).Should().Throw<PlanFormatException>();
    }

    private static IEnumerable<(string Path, Action<JsonNode> Remove)> Members(JsonNode node, string path)
    {
        foreach (var member in node.AsObject().ToList())
        {
            yield return ($"{path}.{member.Key}", root => root.AsObject().Remove(member.Key));
        }

        foreach (var member in node["steps"]![0]!.AsObject().ToList())
        {
            yield return ($"{path}.steps[0].{member.Key}", root => root["steps"]![0]!.AsObject().Remove(member.Key));
        }
    }

    /// <summary>The part of JSON Schema that the schema uses.</summary>
    private static IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string path)
    {
        if (schema["$ref"] is { } reference)
        {
            var target = Schema["$defs"]![reference.ToString()["#/$defs/".Length..]]!.AsObject();
            return Faults(target, value, path);
        }

        var faults = new List<string>();
        if (schema["type"] is { } type && !(type is JsonArray types ? types.Select(one => one!.ToString()) : [type.ToString()]).Any(one => Is(value, one)))
        {
            faults.Add($"{path} is not {type}");
        }

        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            faults.Add($"{path} is not {constant}");
        }

        if (schema["enum"] is JsonArray options && !options.Any(option => JsonNode.DeepEquals(option, value)))
        {
            faults.Add($"{path} is none of {options}");
        }

        if (schema["pattern"] is { } pattern && value is JsonValue && !Regex.IsMatch(value.ToString(), pattern.ToString()))
        {
            faults.Add($"{path} does not match {pattern}");
        }

        if (schema["anyOf"] is JsonArray choices && choices.All(choice => Faults(choice!.AsObject(), value, path).Any()))
        {
            faults.Add($"{path} fits none of the choices");
        }

        if (value is JsonArray items && schema["items"] is JsonObject each)
        {
            faults.AddRange(items.SelectMany((item, index) => Faults(each, item, $"{path}[{index}]")));
        }

        if (value is JsonObject members)
        {
            faults.AddRange((schema["required"] as JsonArray ?? []).Where(name => !members.ContainsKey(name!.ToString())).Select(name => $"{path} lacks {name}"));
            foreach (var member in members)
            {
                if (schema["properties"]?[member.Key] is JsonObject known)
                {
                    faults.AddRange(Faults(known, member.Value, $"{path}.{member.Key}"));
                }
                else if (schema["additionalProperties"] is JsonObject others)
                {
                    faults.AddRange(Faults(others, member.Value, $"{path}.{member.Key}"));
                }
                else if (schema["additionalProperties"] is not null)
                {
                    faults.Add($"{path} has the unknown {member.Key}");
                }
            }
        }

        return faults;
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "integer" => value is JsonValue number && number.TryGetValue<int>(out _),
        _ => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
    };
}
