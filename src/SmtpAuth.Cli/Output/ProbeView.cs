using SmtpAuth.Cli.Text;
using SmtpAuth.Replies;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli.Output;

/// <summary>An attempt at a submission for a person: the conversation, and what came of it.</summary>
internal static class ProbeView
{
    public static void Write(Page page, Words words, ProbeResult result, SmtpReply? reply)
    {
        WriteTranscript(page, result);
        page.Blank();
        switch (result.Outcome)
        {
            case ProbeOutcome.Accepted:
                page.Line(0, new Span(words["probe.accepted"], Tone.Good));
                break;
            case ProbeOutcome.Refused:
                page.Line(0, new Span(words["probe.refused"], Tone.Bad));
                if (reply is not null)
                {
                    ExplanationView.WriteReply(page, words, reply);
                }

                break;
            default:
                page.Line(0, [new Span(words["probe.noAnswer"], Tone.Doubtful), new Span($" {result.Failure}")]);
                break;
        }
    }

    public static void WriteTranscript(Page page, ProbeResult result) => WriteLines(page, result.Transcript);

    /// <summary>Writes what tells the story: the greeting, what the client asked for, and what the server made of it.</summary>
    public static void WriteAbridged(Page page, ProbeResult result) => WriteLines(
        page, result.Transcript.Where(line => !line.StartsWith("S: 250", StringComparison.Ordinal) && !line.StartsWith("C: EHLO", StringComparison.Ordinal)));

    private static void WriteLines(Page page, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var isServer = line.StartsWith("S: ", StringComparison.Ordinal);
            var text = line.Length > 3 ? line[3..] : line;
            page.Item(2, new Span(isServer ? "S:" : "C:", Tone.Quiet), new Span(
                text, !isServer ? Tone.Quiet : text.StartsWith('5') || text.StartsWith('4') ? Tone.Bad : Tone.Plain));
        }
    }
}
