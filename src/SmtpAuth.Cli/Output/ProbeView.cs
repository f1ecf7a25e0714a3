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

    public static void WriteTranscript(Page page, ProbeResult result)
    {
        foreach (var line in result.Transcript)
        {
            var isServer = line.StartsWith("S:", StringComparison.Ordinal);
            page.Line(2, new Span(line, isServer && line.Length > 3 && line[3] is '4' or '5' ? Tone.Bad : isServer ? Tone.Plain : Tone.Quiet));
        }
    }
}
