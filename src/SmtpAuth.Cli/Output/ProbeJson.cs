using System.Text.Json;
using SmtpAuth.Replies;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes what one attempt at a submission showed.</summary>
internal static class ProbeJson
{
    public static void Write(Utf8JsonWriter json, ProbeRequest request, ProbeResult result, SmtpReply? reply)
    {
        json.WriteStartObject();
        json.WriteString("outcome", OutcomeName(result.Outcome));
        json.WriteString("phase", PhaseName(result.Phase));
        json.WriteString("host", request.Host);
        json.WriteNumber("port", request.Port);
        json.WriteString("replyText", result.ReplyText);
        if (result.Outcome == ProbeOutcome.Refused)
        {
            ExplanationJson.WriteReplyAndGate(json, reply);
        }

        if (result.Failure is { } failure)
        {
            json.WriteString("failure", failure);
        }

        json.WriteString("tlsVersion", result.TlsVersion);
        json.WriteString("certificateSha256", result.CertificateSha256);
        json.WriteStrings("mechanisms", result.Mechanisms);
        json.WriteStrings("transcript", result.Transcript);
        json.WriteEndObject();
    }

    public static string OutcomeName(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Accepted => "accepted",
        ProbeOutcome.Refused => "refused",
        _ => "no-answer",
    };

    private static string PhaseName(ProbePhase phase) => phase switch
    {
        ProbePhase.Resolve => "resolve",
        ProbePhase.Connect => "connect",
        ProbePhase.Tls => "tls",
        ProbePhase.Ehlo => "ehlo",
        ProbePhase.Auth => "auth",
        ProbePhase.MailFrom => "mail-from",
        ProbePhase.RcptTo => "rcpt",
        _ => "data",
    };
}
