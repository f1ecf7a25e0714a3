using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SmtpAuth.Cli.Options;

/// <summary>The options that every verb takes.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Write JSON, whose property names scripts may rely on.",
        Recursive = true,
    };

    public Option<string> Language { get; } = new Option<string>("--lang")
    {
        Description = "Language of the words: en or ro.",
        HelpName = "en|ro",
        DefaultValueFactory = _ => "en",
        Recursive = true,
    }.AcceptOnlyFromAmong("en", "ro");

    public Option<DateTimeOffset?> AsOf { get; } = new("--as-of")
    {
        Description = "The date the rules see instead of now (UTC, ISO 8601), such as 2027-01-15.",
        HelpName = "DATE",
        CustomParser = ParseDate,
        Recursive = true,
    };

    public Option<string?> Pack { get; } = new("--pack")
    {
        Description = "Folder with rules, replies and operations that add to the embedded ones or replace them.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "On failure, write the details behind the sentence too.",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Add(Json);
        root.Add(Language);
        root.Add(AsOf);
        root.Add(Pack);
        root.Add(Verbose);
    }

    private static DateTimeOffset? ParseDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date) && char.IsAsciiDigit(text[0]) && text.Length >= 10 && text[4] == '-')
        {
            return date;
        }

        result.AddError($"--as-of: '{text}' is not a date. Expected ISO 8601 in UTC, such as 2027-01-15 or 2027-01-15T08:00:00Z.");
        return null;
    }
}
