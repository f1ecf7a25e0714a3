using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Every cmdlet call this library makes or prints, against the parameters that Microsoft's reference lists for the cmdlet.</summary>
public class PublishedCmdletTests
{
    // PowerShell's own, which ship with it.
    private static readonly string[] OfPowerShell =
    [
        "ConvertTo-Json", "Get-Command", "Out-Null", "Read-Host", "Start-Sleep", "Where-Object", "Write-Host", "Write-Warning",
    ];

    private static readonly string[] CommonParameters = ["ErrorAction"];

    private static readonly Dictionary<string, HashSet<string>> Published = Read();

    public static TheoryData<string> Operations => [.. OperationFiles.Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string[] OperationFiles =>
        Directory.GetFiles(Path.Combine(SourceTree.Root, "src", "SmtpAuth.Core", "Pack", "operations"), "*.json");

    [Theory]
    [MemberData(nameof(Operations))]
    public void Calls_of_an_operation_use_published_parameters_only(string operation)
    {
        var content = Content(operation);

        Unpublished(Cmdlets(content).Select(cmdlet => new Call(cmdlet.Name, [.. cmdlet.Parameters.Select(parameter => parameter.Key)])))
            .Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void PowerShell_lines_of_an_operation_use_published_parameters_only(string operation)
    {
        var lines = Content(operation)["powerShell"]!.AsArray().Select(line => PlaceholderScanner.Replace(line!.ToString(), _ => "'x'")).ToList();
        var calls = Calls(string.Join("\n", lines));

        calls.Should().NotBeEmpty();
        Unpublished(calls).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_script_of_an_operation_uses_published_parameters_only(string operation)
    {
        var content = Content(operation);
        var observes = content["observes"]!;
        var step = SomePlan.Step(
            "s1",
            operation,
            new()
            {
                Answer = observes["answer"]!.ToString(),
                KeyProperty = observes["keyProperty"]?.ToString(),
                Key = observes["key"]?.ToString(),
                Path = observes["path"]?.ToString(),
            },
            null,
            content["after"]!["value"]?.DeepClone(),
            Action(content["action"]!),
            content["undo"] is { } undo ? Action(undo) : null);

        var calls = Calls(PowerShellScript.Render(SomePlan.With(step)));

        calls.Select(call => call.Name).Should().Contain(step.Action switch
        {
            StepAction.Cmdlet cmdlet => cmdlet.Name,
            StepAction.GraphRequest => "Invoke-MgGraphRequest",
            _ => "Read-Host",
        });
        Unpublished(calls).Should().BeEmpty();
    }

    [Fact]
    public void Lines_and_script_of_the_replacement_of_security_defaults_use_published_parameters_only()
    {
        var plan = SecurityDefaultsReplacement.AddTo(
            SomePlan.With(SomePlan.SecurityDefaultsOff()) with { AcceptedRisks = ["conditional-access-exclusion"] },
            ["7d1f0c52-9b3e-4c86-a2d4-5e8f6b7a9c01"]);
        var lines = plan.Steps.Where(step => step.Operation.EndsWith("conditional-access-policy", StringComparison.Ordinal))
            .SelectMany(step => Calls(step.PowerShell)).ToList();

        lines.Should().HaveCount(6);
        Unpublished([.. lines, .. Calls(PowerShellScript.Render(plan))]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Set-CASMailbox -Identity 'x' -SmtpAuthEnabled $true", "Set-CASMailbox -SmtpAuthEnabled")]
    [InlineData("Set-Mailboxes -Identity 'x'", "Set-Mailboxes")]
    [InlineData("Get-TransportConfig | Set-User -Policy:'x'", "Set-User -Policy")]
    public void An_invented_cmdlet_or_parameter_is_found(string script, string invented) =>
        Unpublished(Calls(script)).Should().Equal(invented);

    private static List<string> Unpublished(IEnumerable<Call> calls) =>
    [
        .. calls.Where(call => !OfPowerShell.Contains(call.Name)).SelectMany(call => Published.TryGetValue(call.Name, out var parameters)
            ? call.Parameters
                .Where(parameter => !parameters.Contains(parameter) && !CommonParameters.Contains(parameter))
                .Select(parameter => $"{call.Name} -{parameter}")
            : [call.Name]),
    ];

    /// <summary>Gives the calls of a script, but for those of the functions that it defines itself.</summary>
    private static List<Call> Calls(string script)
    {
        var ast = Parser.ParseInput(script, out _, out var errors);
        errors.Should().BeEmpty();
        var own = ast.FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: true)
            .Cast<FunctionDefinitionAst>().Select(function => function.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. ast.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .Where(command => command.GetCommandName() is { } name && !own.Contains(name))
            .Select(command => new Call(
                command.GetCommandName(),
                [.. command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName)]))];
    }

    private static IEnumerable<StepAction.Cmdlet> Cmdlets(JsonObject operation) =>
        new[] { operation["action"], operation["undo"] }.OfType<JsonObject>().Select(Action).OfType<StepAction.Cmdlet>();

    private static StepAction Action(JsonNode action) => action switch
    {
        _ when action["cmdlet"] is { } cmdlet => new StepAction.Cmdlet(
            cmdlet["name"]!.ToString(), (JsonObject)cmdlet["parameters"]!.DeepClone()),
        _ when action["graph"] is { } graph => new StepAction.GraphRequest(
            graph["method"]!.ToString(), graph["version"]!.ToString(), graph["path"]!.ToString(), graph["body"]?.DeepClone()),
        _ => new StepAction.Manual(),
    };

    private static JsonObject Content(string operation) =>
        JsonNode.Parse(File.ReadAllText(OperationFiles.Single(file => Path.GetFileNameWithoutExtension(file) == operation)))!.AsObject();

    private static Dictionary<string, HashSet<string>> Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(
            SourceTree.Root, "tests", "SmtpAuth.Core.Tests", "Execution", "CmdletParameters.json")));
        return file.RootElement.EnumerateObject().ToDictionary(
            cmdlet => cmdlet.Name,
            cmdlet => cmdlet.Value.GetProperty("parameters").EnumerateArray().Select(name => name.GetString()!)
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    private sealed record Call(string Name, IReadOnlyList<string> Parameters);
}
