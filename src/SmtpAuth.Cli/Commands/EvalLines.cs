using System.Text.Json;
using SmtpAuth.Cli.Output;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules eval --jsonl</c>: one expression a line, each with its own bindings; answers in order.</summary>
internal sealed class EvalLines(CommandStreams streams)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var line in JsonLine.ReadAllAsync(streams.In, cancellationToken))
        {
            using (line)
            {
                JsonDocumentWriter.WriteLine(streams.Out, json =>
                {
                    json.WriteStartObject();
                    line.WriteId(json);
                    WriteAnswer(json, line);
                    json.WriteEndObject();
                });
            }
        }

        return ExitCode.Done;
    }

    private static void WriteAnswer(Utf8JsonWriter json, JsonLine line)
    {
        try
        {
            WriteValue(json, Evaluate(line));
        }
        catch (FormatException failure)
        {
            json.WriteString("error", failure.Message);
        }
    }

    public static void WriteValue(Utf8JsonWriter json, CelValue value)
    {
        if (value.IsError)
        {
            json.WriteString("error", value.AsError().Message);
        }
        else if (value.IsUnknown)
        {
            json.WriteStrings("unknown", value.AsUnknown().Names);
        }
        else
        {
            json.WritePropertyName("value");
            CelValueJson.Write(json, value);
        }
    }

    private static CelValue Evaluate(JsonLine line)
    {
        if (line.Error is { } error)
        {
            throw new FormatException(error);
        }

        var expression = line.Text("expr") ?? throw new FormatException("Expected a member \"expr\" that holds a string.");
        var builder = new CelEnvironment.Builder();
        if (line.Text("container") is { } container)
        {
            builder.InContainer(container);
        }

        if (line.Member("disableCheck") is { ValueKind: JsonValueKind.True })
        {
            builder.WithoutChecks();
        }

        var bindings = new CelBindings();
        if (line.Member("bindings") is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                Declare(builder, member.Name);
                bindings.Set(member.Name, Read(member));
            }
        }

        return builder.Build().Compile(expression).Evaluate(bindings);
    }

    private static CelValue Read(JsonProperty member)
    {
        if (member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("$unknown", out _))
        {
            return CelValue.Unknown(UnknownSet.Of(member.Name));
        }

        try
        {
            var value = CelValueJson.Read(member.Value);
            return value.IsError ? throw new FormatException($"{member.Name}: {value.AsError().Message}") : value;
        }
        catch (InvalidOperationException failure)
        {
            // Half of a surrogate pair, escaped: valid JSON, and yet no text.
            throw new FormatException($"{member.Name}: {failure.Message}", failure);
        }
    }

    private static void Declare(CelEnvironment.Builder builder, string name)
    {
        try
        {
            builder.AddVariable(name, CelType.Dyn);
        }
        catch (ArgumentException failure)
        {
            throw new FormatException(failure.Message, failure);
        }
    }
}
