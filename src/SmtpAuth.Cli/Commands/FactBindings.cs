using System.Text.Json;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Cli.Commands;

/// <summary>Facts from a JSON file: what an expression may refer to, and the values.</summary>
/// <remarks>
/// A fact's name may be written as one dotted member or as objects within objects. What the pack does not declare is
/// declared on the spot, so that a rule's author can try any expression.
/// </remarks>
internal sealed class FactBindings
{
    private readonly CelEnvironment.Builder _builder = new();
    private readonly CelBindings _bindings = new();
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    private FactBindings(IEnumerable<KeyValuePair<string, CelType>> declarations)
    {
        foreach (var (name, type) in declarations)
        {
            _declared.Add(name);
            _builder.AddVariable(name, type);
        }
    }

    public CelEnvironment Environment => field ??= _builder.Build();

    public ICelBindings Bindings => _bindings;

    /// <summary>Gets why facts are unknown, as the file says.</summary>
    public IReadOnlyDictionary<string, string> Reasons => _reasons;

    public static async Task<FactBindings> ReadAsync(string? path, CommandContext context, CancellationToken cancellationToken)
    {
        var facts = new FactBindings(Knowledge.FactTypes);
        if (path is null)
        {
            return facts;
        }

        try
        {
            var text = path == "-" ? await context.Streams.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(path, cancellationToken);
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw CommandFailure.BadInput($"--facts: expected one JSON object in '{path}', with a member for each fact.");
            }

            facts.AddAll("", document.RootElement);
            return facts;
        }
        catch (JsonException failure)
        {
            throw CommandFailure.BadInput($"--facts: '{path}' is not JSON: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"--facts: '{path}' cannot be read: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            throw CommandFailure.BadInput($"--facts: '{path}': {failure.Message}", failure);
        }
    }

    private void AddAll(string prefix, JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
        {
            Add(prefix.Length == 0 ? member.Name : $"{prefix}.{member.Name}", member.Value);
        }
    }

    private void Add(string name, JsonElement value)
    {
        if (!_declared.Contains(name))
        {
            if (value.ValueKind == JsonValueKind.Object && Reason(value) is null
                && _declared.Any(declared => declared.StartsWith($"{name}.", StringComparison.Ordinal)))
            {
                AddAll(name, value);
                return;
            }

            _declared.Add(name);
            _builder.AddVariable(name, CelType.Dyn);
        }

        _bindings.Set(name, CelValue.FromObject(ToObject(name, value)));
    }

    private object? ToObject(string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when Reason(value) is { } reason:
                _reasons[name] = reason;
                return new UnknownValue(name);
            case JsonValueKind.Object:
                return value.EnumerateObject().ToDictionary(
                    member => member.Name, member => ToObject($"{name}.{member.Name}", member.Value), StringComparer.Ordinal);
            case JsonValueKind.Array:
                return value.EnumerateArray().Select((item, index) => ToObject($"{name}[{index}]", item)).ToList();
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number:
                return value.TryGetInt64(out var number) ? number : value.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    private static string? Reason(JsonElement value) =>
        value.TryGetProperty("$unknown", out var reason) ? reason.ToString() : null;
}
