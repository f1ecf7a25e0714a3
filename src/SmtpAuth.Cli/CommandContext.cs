using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Cli.Text;

namespace SmtpAuth.Cli;

/// <summary>What a verb needs to know about this invocation: its options, its streams, its words and its clock.</summary>
internal sealed class CommandContext(CommandStreams streams, GlobalOptions global, ParseResult parsed)
{
    public CommandStreams Streams => streams;

    public ParseResult Parsed => parsed;

    public bool Json => parsed.GetValue(global.Json);

    public bool Verbose => parsed.GetValue(global.Verbose);

    /// <summary>Gets <c>en</c> or <c>ro</c>.</summary>
    public string Language => parsed.GetValue(global.Language)!;

    public Words Words => field ??= Words.For(Language);

    /// <summary>Gets the moment the rules see.</summary>
    public DateTimeOffset AsOf => field == default ? field = parsed.GetValue(global.AsOf) ?? TimeProvider.System.GetUtcNow() : field;

    public Knowledge Knowledge => field ??= new Knowledge(parsed.GetValue(global.Pack));

    /// <summary>Gets the page of a result: standard output.</summary>
    public Page Out => field ??= Page.OnOutput(streams);

    /// <summary>Gets the page of progress and diagnostics: standard error.</summary>
    public Page Error => field ??= Page.OnError(streams);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);
}
