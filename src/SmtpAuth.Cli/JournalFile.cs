using SmtpAuth.Cli.Output;
using SmtpAuth.Execution;
using SmtpAuth.Journal.Sqlite;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli;

/// <summary>The file in which runs are recorded.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly SqliteRunJournal _runs;

    private JournalFile(SqliteRunJournal runs, string path)
    {
        _runs = runs;
        Path = path;
    }

    public IRunJournal Runs => _runs;

    public string Path { get; }

    /// <summary>Opens the journal of a new run; where none is named, the one in the user's state folder, and says which.</summary>
    public static async Task<JournalFile> OpenAsync(CommandContext context, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            path = DefaultPath(context.Streams.Environment);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            context.Error.Line(0, new Span(context.Words.Format("run.journal", path), Tone.Quiet));
        }

        return new JournalFile(await SqliteRunJournal.OpenAsync(path, create: true, time: null, cancellationToken), path);
    }

    /// <summary>Opens a journal that is there.</summary>
    public static async Task<JournalFile> OpenExistingAsync(string path, CancellationToken cancellationToken) =>
        new(await SqliteRunJournal.OpenAsync(path, create: false, time: null, cancellationToken), path);

    /// <summary>Finds the plan of a run, or <see langword="null"/> where there is no such run.</summary>
    public async Task<RemediationPlan?> FindPlanAsync(string runId, CancellationToken cancellationToken) =>
        await _runs.ReadRunAsync(runId, cancellationToken) is [var first, ..] && first.ReadRecord() is JournalRecord.RunStarted started
            ? started.Plan
            : null;

    public void Dispose() => _runs.Dispose();

    // The XDG base directories where they are used, the local application data elsewhere.
    private static string DefaultPath(Func<string, string?> environment)
    {
        var folder = environment("XDG_STATE_HOME") is { Length: > 0 } state ? state
            : !OperatingSystem.IsWindows() && environment("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".local", "state")
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return System.IO.Path.Combine(folder, "smtpauth", "journal.db");
    }
}
