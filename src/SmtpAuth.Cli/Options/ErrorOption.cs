using System.CommandLine;
using SmtpAuth.Replies;

namespace SmtpAuth.Cli.Options;

/// <summary>The option with the error text that the sender met.</summary>
internal sealed class ErrorOption
{
    private readonly Option<string?> _error = new("--error")
    {
        Description = "The error text the sender met, or - for standard input.",
        HelpName = "TEXT|-",
    };

    public void AddTo(Command command) => command.Add(_error);

    /// <summary>Reads the reply in the text.</summary>
    /// <returns>The reply, or <see langword="null"/> where no text was given.</returns>
    /// <exception cref="CommandFailure">No mail failure can be read in the text.</exception>
    public async Task<SmtpReply?> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Value(_error) is not { } given)
        {
            return null;
        }

        var text = await ErrorTextReader.ReadAsync(given, context.Streams, cancellationToken);
        return context.Knowledge.ReplyParser.TryRead(text, out var reply)
            ? reply
            : throw CommandFailure.BadInput($"--error: {context.Words["explain.noReply"]}");
    }
}
