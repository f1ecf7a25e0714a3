using System.Text;

namespace SmtpAuth.Rules;

/// <summary>The text of a pack's file. Lines and columns are counted only when something is wrong.</summary>
internal sealed class PackFile(string name, byte[] octets)
{
    public byte[] Octets { get; } = octets;

    public PackFormatException Wrong(int offset, string problem, Exception? cause = null)
    {
        var line = 1;
        var lineStart = 0;
        for (var index = 0; index < offset; index++)
        {
            if (Octets[index] == (byte)'\n')
            {
                line++;
                lineStart = index + 1;
            }
        }

        return new(name, line, Encoding.UTF8.GetCharCount(Octets, lineStart, offset - lineStart) + 1, problem, cause);
    }
}
