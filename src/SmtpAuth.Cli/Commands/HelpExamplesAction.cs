using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SmtpAuth.Cli.Commands;

/// <summary>The usual help, followed by examples and the exit codes.</summary>
internal sealed class HelpExamplesAction(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        Exit codes:
          0    done, or the sender may submit
          1    the answer is "blocked" or "not complete"
          2    bad usage or bad input
          3    could not find out: unknown facts decide
          4    refused before anything was written: drift, missing approval, missing permission
          5    a write or a probe failed
          130  cancelled
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);

        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb { Examples: { Count: > 0 } examples })
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine(ExitCodes);
        return ExitCode.Done;
    }
}
