using System.CommandLine;
using SmtpAuth.Cli.Options;

namespace SmtpAuth.Cli.Commands;

/// <summary>One verb of the command: its options, its examples, and what it does.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, CommandStreams streams, GlobalOptions global)
        : base(name, description) =>
        SetAction((parsed, cancellationToken) =>
            RunAsync(new CommandContext(streams, global, parsed), cancellationToken));

    /// <summary>Gets lines to copy, shown by <c>--help</c>.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>Does what the verb says.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken);
}
