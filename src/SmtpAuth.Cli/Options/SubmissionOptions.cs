using System.CommandLine;
using System.CommandLine.Parsing;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Options;

/// <summary>The options that say who submits, and how.</summary>
internal sealed class SubmissionOptions
{
    private static readonly string[] Mechanisms = ["basic", "oauth-delegated", "oauth-app"];

    public Option<string> Mailbox { get; } = new("--mailbox")
    {
        Description = "The address of the mailbox that submits.",
        HelpName = "ADDRESS",
        Required = true,
    };

    public Option<string> Mechanism { get; } = new Option<string>("--mechanism")
    {
        Description = "How the sender signs in.",
        HelpName = "basic|oauth-delegated|oauth-app",
        DefaultValueFactory = _ => "basic",
    }.AcceptOnlyFromAmong(Mechanisms);

    public Option<string?> From { get; } = new("--from")
    {
        Description = "The address the message is sent from, where it is not the mailbox's own.",
        HelpName = "ADDRESS",
    };

    public Option<Guid?> AppId { get; } = new("--app-id")
    {
        Description = "The application (client) id, for oauth-app.",
        HelpName = "GUID",
        CustomParser = ParseGuid,
    };

    public void AddTo(Command command)
    {
        Mailbox.Validators.Add(RequireAddress);
        From.Validators.Add(RequireAddress);
        command.Add(Mailbox);
        command.Add(Mechanism);
        command.Add(From);
        command.Add(AppId);
    }

    public Submission Read(CommandContext context) => new()
    {
        Mailbox = context.Value(Mailbox)!,
        Route = Routes.All.Single(route => route.ToName() == context.Value(Mechanism)),
        From = context.Value(From),
        AppId = context.Value(AppId),
    };

    /// <summary>Refuses what cannot be an address at all. Whether the mailbox exists is for the tenant to say.</summary>
    internal static void RequireAddress(OptionResult result)
    {
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var at = text.LastIndexOf('@');
            if (at <= 0 || at == text.Length - 1 || text.Length > 320 || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            {
                result.AddError($"{result.Option.Name}: '{text}' is not an address. Expected one such as printer@contoso.example.");
            }
        }
    }

    private static Guid? ParseGuid(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        result.AddError($"--app-id: '{text}' is not an application id. Expected 32 hexadecimal digits in five groups.");
        return null;
    }
}
