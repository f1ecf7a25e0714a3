namespace SmtpAuth.Cli.Output;

/// <summary>A stretch of text in one tone.</summary>
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Span(string text) => new(text);
}
