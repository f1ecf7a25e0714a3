namespace SmtpAuth.Rules;

/// <summary>A file of a rule pack is not valid. The message says where, what was found, what was expected.</summary>
public sealed class PackFormatException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="PackFormatException"/> class.</summary>
    /// <param name="file">The file's name within its pack.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column in characters, from 1.</param>
    /// <param name="problem">What was found and what was expected, in one line.</param>
    /// <param name="innerException">What caused it, or <see langword="null"/>.</param>
    public PackFormatException(string file, int line, int column, string problem, Exception? innerException = null)
        : base($"{file}:{line}:{column}: {problem}", innerException)
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>Gets the file's name within its pack.</summary>
    public string File { get; }

    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; }

    /// <summary>Gets the column in characters, from 1.</summary>
    public int Column { get; }
}
