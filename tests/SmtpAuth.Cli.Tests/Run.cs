using System.Text.Json.Nodes;

namespace SmtpAuth.Cli.Tests;

/// <summary>What one invocation of the command left behind.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public JsonNode Json => JsonNode.Parse(Out)!;

    public IReadOnlyList<JsonNode> JsonLines =>
        [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    /// <summary>Runs the command in this process, with nothing from outside but what is given.</summary>
    public static Task<Run> Of(params string[] args) => Of(args, "");

    public static async Task<Run> Of(
        string[] args, string stdin, IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await SmtpAuthCommand.InvokeAsync(
            args,
            new CommandStreams
            {
                In = new StringReader(stdin),
                Out = output,
                Error = error,
                Environment = name => environment?.GetValueOrDefault(name),
            },
            cancellationToken);
        return new Run(exitCode, output.ToString(), error.ToString());
    }
}
