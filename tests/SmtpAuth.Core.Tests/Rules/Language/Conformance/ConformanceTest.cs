using System.Text.Json;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language.Conformance;

internal static class ConformanceTest
{
    private static readonly string[] AnyAndWrappers =
        ["Any", "BoolValue", "BytesValue", "DoubleValue", "FloatValue", "Int32Value", "Int64Value", "ListValue", "StringValue", "Struct", "UInt32Value", "UInt64Value", "Value", "FieldMask", "Empty"];

    public static ConformanceResult Run(string[] path, JsonElement test)
    {
        var expression = test.GetProperty("expr").GetString()!;
        var name = $"{string.Join("/", path)}/{(test.TryGetProperty("name", out var given) ? given.GetString() : expression)}";
        if (SkipReason(test) is { } reason)
        {
            return new(path[0], name, "skipped", reason);
        }

        var problem = Check(test, expression);
        return new(path[0], name, problem is null ? "passed" : "failed", problem is null ? "" : $"`{expression}`: {problem}");
    }

    // What has no meaning without protobuf. Anything else is in scope.
    private static string? SkipReason(JsonElement test)
    {
        var text = test.GetRawText();
        if (AnyAndWrappers.Any(wrapper => text.Contains($"google.protobuf.{wrapper}", StringComparison.Ordinal))
            || (test.TryGetProperty("container", out var container) && container.GetString() == "google.protobuf"))
        {
            return "protobuf wrapper";
        }

        if (text.Contains("GlobalEnum", StringComparison.Ordinal) || text.Contains("NestedEnum", StringComparison.Ordinal) || text.Contains("enumValue", StringComparison.Ordinal))
        {
            return "protobuf enum";
        }

        return text.Contains("TestAllTypes", StringComparison.Ordinal) || text.Contains("TestRequired", StringComparison.Ordinal)
            ? "protobuf message"
            : null;
    }

    private static string? Check(JsonElement test, string expression)
    {
        var environment = Declare(test);
        if (!environment.TryCompile(expression, out var program, out var diagnostics))
        {
            return test.TryGetProperty("evalError", out _) ? null : string.Join(" ", diagnostics);
        }

        if (CheckType(test, program) is { } wrongType)
        {
            return wrongType;
        }

        if (Flag(test, "checkOnly"))
        {
            return null;
        }

        var actual = program.Evaluate(Bind(test));
        if (test.TryGetProperty("evalError", out _))
        {
            return actual.IsError ? null : $"expected an error, found {actual}";
        }

        var expected = CelValue.True;
        if (test.TryGetProperty("value", out var value) || (test.TryGetProperty("typedResult", out var typed) && typed.TryGetProperty("result", out value)))
        {
            expected = CelValueJson.Read(value);
        }

        return Same(expected, actual) ? null : $"expected {expected}, found {actual}";
    }

    private static string? CheckType(JsonElement test, CelProgram program)
    {
        if (!test.TryGetProperty("typedResult", out var typed) || !typed.TryGetProperty("deducedType", out var deduced))
        {
            return null;
        }

        var expected = ConformanceType.Read(deduced);
        return expected.Equals(program.ResultType) ? null : $"expected type {expected}, found {program.ResultType}";
    }

    private static CelEnvironment Declare(JsonElement test)
    {
        var builder = new CelEnvironment.Builder().InContainer(test.TryGetProperty("container", out var container) ? container.GetString()! : "");
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (test.TryGetProperty("typeEnv", out var declarations))
        {
            foreach (var declaration in declarations.EnumerateArray())
            {
                var name = declaration.GetProperty("name").GetString()!;
                if (declaration.TryGetProperty("ident", out var identifier))
                {
                    names.Add(name);
                    builder.AddVariable(name, ConformanceType.Read(identifier.GetProperty("type")));
                }
                else
                {
                    foreach (var overload in declaration.GetProperty("function").GetProperty("overloads").EnumerateArray())
                    {
                        var parameters = overload.GetProperty("params").EnumerateArray().Select(ConformanceType.Read).ToList();
                        builder.AddFunction(name, ConformanceType.Read(overload.GetProperty("resultType")), parameters, _ => CelValue.Null);
                    }
                }
            }
        }

        if (test.TryGetProperty("bindings", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject().Where(binding => names.Add(binding.Name)))
            {
                builder.AddVariable(binding.Name, CelType.Dyn);
            }
        }

        return Flag(test, "disableCheck") ? builder.WithoutChecks().Build() : builder.Build();
    }

    private static CelBindings Bind(JsonElement test)
    {
        var result = new CelBindings();
        if (test.TryGetProperty("bindings", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject())
            {
                result.Set(binding.Name, CelValueJson.Read(binding.Value.GetProperty("value")));
            }
        }

        return result;
    }

    private static bool Flag(JsonElement test, string name) => test.TryGetProperty(name, out var flag) && flag.GetBoolean();

    // Stricter than the language's ==, for which 1 is 1u.
    private static bool Same(CelValue expected, CelValue actual) => expected.Kind == actual.Kind && expected.Kind switch
    {
        CelKind.List => expected.AsList().Count == actual.AsList().Count && expected.AsList().Zip(actual.AsList(), Same).All(same => same),
        CelKind.Map => expected.AsMap().Count == actual.AsMap().Count && expected.AsMap().All(entry =>
            actual.AsMap().Any(other => Same(entry.Key, other.Key) && Same(entry.Value, other.Value))),
        _ => expected.Equals(actual),
    };
}
