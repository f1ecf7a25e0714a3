using SmtpAuth.Cli.Commands;
using SmtpAuth.Cli.Text;
using SmtpAuth.Replies;

namespace SmtpAuth.Cli.Output;

/// <summary>An explanation for a person: what was said, what it means, why that may be, what to find out.</summary>
internal static class ExplanationView
{
    public static void Write(Page page, Words words, Explanation explanation)
    {
        WriteReply(page, words, explanation.Reply!);
        if (explanation.Meaning is { } meaning)
        {
            page.Heading(words["explain.means"]);
            page.Line(2, meaning);
        }

        WriteCauses(page, words, explanation);
        DiagnosisView.WriteNextFacts(page, words, explanation.NextFacts);
        WriteRoutes(page, words, explanation);
        if (explanation.Deadlines.Count > 0)
        {
            page.Heading(words["explain.deadlines"]);
            page.Columns(2, [.. explanation.Deadlines.Select(deadline =>
                new[] { new Span(deadline.Date, Tone.Strong), new Span(deadline.What) })]);
        }

        if (explanation.Sources.Count > 0)
        {
            page.Heading(words["explain.sources"]);
            foreach (var source in explanation.Sources)
            {
                page.Verbatim(2, $"{source.Url}  ({source.Checked}, {source.Confidence})");
            }
        }
    }

    public static void WriteReply(Page page, Words words, SmtpReply reply)
    {
        page.Heading(words["explain.said"]);
        page.Line(2, new Span(reply.Text.Length > 0 ? reply.Text : "–", Tone.Strong));

        var rows = new List<Span[]>();
        void Row(string label, string? value, Tone tone = Tone.Plain)
        {
            if (!string.IsNullOrEmpty(value))
            {
                rows.Add([new Span(label, Tone.Quiet), new Span(value, tone)]);
            }
        }

        Row(words["explain.code"], Codes(reply.ReplyCode, reply.EnhancedStatusCode), Tone.Strong);
        Row(words["explain.condition"], reply.Condition);
        Row(words["explain.gate"], reply.Gate is { } gate ? words.Name("gate", gate.ToName()) : null);
        Row(words["explain.provider"], reply.Provider);
        Row(words["explain.aadsts"], reply.EntraErrorCode);
        Row(words["explain.outer"], reply.Outer is { } outer ? Codes(outer.ReplyCode, outer.EnhancedStatusCode) : null);
        Row(words["explain.server"], reply.Server);
        Row(words["explain.time"], reply.Time is { } time ? JsonValues.Time(time) : null);
        Row(words["explain.session"], reply.SessionId);
        page.Columns(2, rows);
    }

    private static void WriteCauses(Page page, Words words, Explanation explanation)
    {
        if (explanation.CandidateCauses.Count == 0)
        {
            return;
        }

        page.Heading(words["explain.causes"]);
        foreach (var cause in explanation.CandidateCauses)
        {
            page.Item(2, new Span("·", Tone.Quiet), [
                new Span(cause.Cause, Tone.Strong),
                new Span($"  {words.Name("likelihood", cause.Likelihood)}", cause.Likelihood == "likely" ? Tone.Bad : Tone.Doubtful),
                new Span($"  {cause.Why}"),
            ]);
        }
    }

    private static void WriteRoutes(Page page, Words words, Explanation explanation)
    {
        var others = explanation.Routes.Where(route => route.PassesGate).ToList();
        if (others.Count == 0)
        {
            return;
        }

        page.Heading(words["explain.routes"]);
        foreach (var route in others)
        {
            page.Item(2, new Span("·", Tone.Quiet), [
                new Span(route.Title, Tone.Strong),
                new Span(route.Constraints.Count > 0 ? $"  {string.Join(" ", route.Constraints)}" : ""),
                new Span(route.Until is { } until ? $"  {words.Format("plan.until", until.UtcDateTime.ToString("yyyy-MM-dd"))}" : "", Tone.Doubtful),
            ]);
        }
    }

    private static string? Codes(int? replyCode, EnhancedStatusCode? enhanced)
    {
        var codes = $"{replyCode} {enhanced}".Trim();
        return codes.Length > 0 ? codes : null;
    }
}
