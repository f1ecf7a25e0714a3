using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using SmtpAuth.Cli.Commands;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;

namespace SmtpAuth.Cli;

/// <summary>The command as a function: arguments and streams in, exit code out.</summary>
internal static class SmtpAuthCommand
{
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, CommandStreams streams, CancellationToken cancellationToken = default)
    {
        var global = new GlobalOptions();
        var parsed = CreateRoot(streams, global).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

        // Help and the version are asked for by actions of their own, and answer however little else was given.
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpExamplesAction)
        {
            return ReportUsage(parsed, streams);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = streams.Out,
                    Error = streams.Error,
                    EnableDefaultExceptionHandler = false,
                    // A write in flight is allowed to finish before the process ends.
                    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
                },
                cancellationToken);
        }
        catch (Exception failure)
        {
            return FailureReport.Write(failure, streams, parsed.GetValue(global.Verbose));
        }
    }

    private static RootCommand CreateRoot(CommandStreams streams, GlobalOptions global)
    {
        var root = new RootCommand(
            "Explains why Microsoft 365 refuses an SMTP AUTH submission, plans the least harmful remedy, applies it and proves it.");
        global.AddTo(root);

        root.Add(new DemoCommand(streams, global));
        root.Add(new ExplainCommand(streams, global));
        root.Add(new DiagnoseCommand(streams, global));
        root.Add(new PlanCommand(streams, global));
        root.Add(new ApproveCommand(streams, global));
        root.Add(new ApplyCommand(streams, global));
        root.Add(new ResumeCommand(streams, global));
        root.Add(new UndoCommand(streams, global));
        root.Add(new ProbeCommand(streams, global));
        root.Add(new EmulateCommand(streams, global));
        root.Add(new Command("audit-log", "Checks the record of runs.")
        {
            new AuditVerifyCommand(streams, global),
        });
        root.Add(new Command("rules", "Shows, checks and tries the rules that decide.")
        {
            new RulesListCommand(streams, global),
            new RulesShowCommand(streams, global),
            new RulesLintCommand(streams, global),
            new RulesTestCommand(streams, global),
            new RulesExplainCommand(streams, global),
            new RulesEvalCommand(streams, global),
        });
        root.Add(new CompletionCommand(streams, global));

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpExamplesAction((HelpAction)help.Action!);
        return root;
    }

    private static int ReportUsage(ParseResult parsed, CommandStreams streams)
    {
        foreach (var message in parsed.Errors.Select(error => error.Message).Distinct())
        {
            streams.Error.WriteLine($"smtpauth: {Printable.Line(message)}");
        }

        streams.Error.WriteLine($"See: {PathOf(parsed.CommandResult)} --help");
        return ExitCode.BadInput;
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent
        ? $"{PathOf(parent)} {result.Command.Name}"
        : "smtpauth";
}
