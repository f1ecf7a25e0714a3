using SmtpAuth.Cli.Options;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth demo</c>: the whole story in one go, on this machine.</summary>
internal sealed class DemoCommand(CommandStreams streams, GlobalOptions global)
    : Verb("demo", "Plays the whole story on an emulated tenant: refused, explained, planned, applied, proved, and taken back.", streams, global)
{
    public override IReadOnlyList<string> Examples => ["smtpauth demo", "smtpauth demo --lang ro"];

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        new DemoStory(context).TellAsync(cancellationToken);
}
