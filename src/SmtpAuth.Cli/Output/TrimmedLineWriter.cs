using System.Text;

namespace SmtpAuth.Cli.Output;

/// <summary>Drops blanks at the end of lines, which columns leave behind.</summary>
internal sealed class TrimmedLineWriter(TextWriter inner) : TextWriter
{
    private int _pendingBlanks;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                _pendingBlanks++;
                return;
            case '\n' or '\r':
                _pendingBlanks = 0;
                break;
            default:
                for (; _pendingBlanks > 0; _pendingBlanks--)
                {
                    inner.Write(' ');
                }

                break;
        }

        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
