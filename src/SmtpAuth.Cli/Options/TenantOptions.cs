using System.CommandLine;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Options;

/// <summary>The options that say where the tenant's answers come from: a recorded folder, or the tenant itself.</summary>
internal sealed class TenantOptions
{
    private readonly ConnectionOptions _connection = new();

    private readonly Option<string?> _state = new("--state")
    {
        Description = "Folder with recorded answers, one file for each call, such as exchange/Get-CASMailbox.json.",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command)
    {
        command.Add(_state);
        _connection.AddTo(command, tenantRequired: false);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_state) is null) == (result.GetValue(_connection.Tenant) is null))
            {
                result.AddError("Expected exactly one of --state FOLDER (recorded answers) and --tenant ID (read live).");
            }
        });
    }

    /// <summary>Reads what facts about a sender on some routes need.</summary>
    public async Task<TenantAnswers> ReadAsync(
        CommandContext context, Submission submission, IEnumerable<Route> routes, CancellationToken cancellationToken)
    {
        if (context.Value(_state) is { } folder)
        {
            return ReadFolder(_state.Name, folder);
        }

        using var connection = Connection.Open(context, _connection);
        context.Error.Line(0, new Output.Span(context.Words.Format("tenant.reading", connection.Name), Output.Tone.Quiet));
        var answers = await new TenantReaders(connection.Readers)
            .ReadAsync(submission, RequiredAnswers.For(submission, routes), cancellationToken);
        return TenantAnswers.None.With(answers);
    }

    /// <summary>Reads a folder of recorded answers that an option names.</summary>
    internal static TenantAnswers ReadFolder(string option, string folder)
    {
        try
        {
            return RecordedTenant.Read(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw CommandFailure.BadInput($"{option}: {failure.Message}", failure);
        }
    }
}
