namespace SmtpAuth.Cli.Commands;

/// <summary>A date on which the answer changes.</summary>
/// <param name="Date">The day, or a vaguer time where no day is known.</param>
/// <param name="What">What happens then.</param>
/// <param name="Source">The address of the page that says so.</param>
internal sealed record Deadline(string Date, string What, string Source);
