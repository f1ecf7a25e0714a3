namespace SmtpAuth.Cli.Output;

/// <summary>What a piece of text is to the reader; the colours follow from it.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Quiet,
    Good,
    Bad,
    Doubtful,
    Accent,
}
