namespace SmtpAuth.Cli;

/// <summary>Where the command reads and writes, and what it may assume about the other end.</summary>
internal sealed class CommandStreams
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person watches <see cref="Out"/>, so that colours and the window's width make sense.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person watches <see cref="Error"/>.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal, or of the lines to write where there is none.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Environment variables, so that a test brings its own.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
