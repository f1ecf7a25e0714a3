using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Exchange;

/// <summary>Reads the answers of Exchange Online, each with the cmdlet it is named after.</summary>
/// <remarks>Thread-safe as far as the commands are. Nothing is cached and nothing is written.</remarks>
public sealed class ExchangeTenantReader : ITenantReader
{
    private static readonly JsonElement None = JsonDocument.Parse("[]").RootElement.Clone();

    private readonly IExchangeCommands _commands;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new instance of the <see cref="ExchangeTenantReader"/> class.</summary>
    /// <param name="commands">Carries out the cmdlets.</param>
    /// <param name="timeProvider">The clock that dates the answers, or <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="commands"/> is <see langword="null"/>.</exception>
    public ExchangeTenantReader(IExchangeCommands commands, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(commands);
        _commands = commands;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public bool CanRead(string answer) => answer is AnswerNames.TransportConfig or AnswerNames.OrganizationConfig or AnswerNames.CasMailbox
        or AnswerNames.ExchangeUser or AnswerNames.Mailbox or AnswerNames.AuthenticationPolicy or AnswerNames.InboundConnector
        or AnswerNames.AcceptedDomain or AnswerNames.ServicePrincipal or AnswerNames.MailboxPermission or AnswerNames.RecipientPermission
        or AnswerNames.ManagementRoleAssignment;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A name is none that this reader can read, or the mailbox is empty.</exception>
    public async Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(answers);

        // A Get cmdlet without its identity gives every object there is, and the first one would be taken for the sender's.
        if (string.IsNullOrWhiteSpace(submission.Mailbox))
        {
            throw new ArgumentException("The mailbox is empty. Give its address.", nameof(submission));
        }

        var names = answers.Distinct(StringComparer.Ordinal).ToList();
        var commands = names.Select(name => Command(name, submission)).ToList();
        var results = await _commands.ReadAllAsync(commands, cancellationToken).ConfigureAwait(false);
        var readAt = _time.GetUtcNow();
        return [.. names.Select((name, index) => Answer(name, commands[index], results[index], readAt))];
    }

    private ExchangeCommand Command(string answer, Submission submission)
    {
        if (!CanRead(answer))
        {
            throw new ArgumentException($"Exchange Online does not give {answer}. Ask CanRead first.", nameof(answer));
        }

        var name = answer.Substring(answer.IndexOf('/') + 1);
        return answer switch
        {
            AnswerNames.CasMailbox or AnswerNames.ExchangeUser or AnswerNames.Mailbox or AnswerNames.MailboxPermission =>
                new(name, new JsonObject { ["Identity"] = submission.Mailbox }),
            AnswerNames.RecipientPermission =>
                new(name, new JsonObject { ["Identity"] = string.IsNullOrWhiteSpace(submission.From) ? submission.Mailbox : submission.From }),
            AnswerNames.ManagementRoleAssignment => new(name, new JsonObject { ["Role"] = "Application SMTP.SendAsApp" }),
            _ => new(name, []),
        };
    }

    private static TenantAnswer Answer(string name, ExchangeCommand command, ExchangeResult result, DateTimeOffset readAt) => result switch
    {
        ExchangeResult.Failed { Kind: ExchangeFailureKind.NotFound } => TenantAnswer.Read(name, None, command.ToString(), readAt),
        ExchangeResult.Failed failed => TenantAnswer.Failed(name, failed.Reason, command.ToString(), readAt),
        _ => TenantAnswer.Read(name, ((ExchangeResult.Answered)result).Content, command.ToString(), readAt),
    };
}
