using SmtpAuth.Cli.Text;
using SmtpAuth.Rules;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Cli.Output;

/// <summary>A rule for a person, and why it matched or did not.</summary>
internal static class RuleView
{
    public static void Write(Page page, Words words, Rule rule)
    {
        var text = TextOf(rule, words.Language);
        page.Blank();
        page.Line(0, [new Span(rule.Id, Tone.Accent), new Span($"  {rule.Name}", Tone.Strong)]);
        page.Line(0, text.What);
        page.Heading(words["rules.condition"]);
        page.Verbatim(2, rule.When.Source);
        page.Heading(words["rules.why"]);
        page.Line(2, text.Why);
        page.Heading(words["rules.changeSafety"]);
        page.Line(2, text.ChangeSafety);

        page.Blank();
        page.Columns(0, [
            [new Span(words["explain.gate"], Tone.Quiet), rule.Gate.ToName()],
            [new Span(words["rules.routes"], Tone.Quiet), string.Join(", ", rule.Routes.Select(route => route.ToName()))],
            [new Span(words["rules.cause"], Tone.Quiet), rule.Cause],
            [new Span(words["rules.saidBy"], Tone.Quiet), string.Join(", ", rule.SaidBy)],
            [new Span(words["rules.remedies"], Tone.Quiet), string.Join("; ", rule.Remedies.Select(remedy => string.Join(" + ", remedy)))],
            [new Span(words["rules.layer"], Tone.Quiet), rule.Layer],
        ]);

        page.Heading(words["rules.tests"]);
        foreach (var test in rule.Tests)
        {
            page.Item(2, new Span(RuleJson.OutcomeName(test.Expected), Tone.Quiet), test.It);
        }

        page.Heading(words["explain.sources"]);
        foreach (var source in rule.Sources)
        {
            page.Verbatim(2, $"{source.Url}  ({source.Checked}, {source.Confidence})");
        }
    }

    public static RuleText TextOf(Rule rule, string language) => rule.Text.TryGetValue(language, out var text) ? text : rule.Text["en"];

    /// <summary>Writes a condition as a tree: each part with the value it had, and the fact it came from.</summary>
    public static void WriteTree(Page page, CelExplanation part, int indent)
    {
        var tone = part.Value.IsTrue ? Tone.Good : part.Value.IsFalse ? Tone.Bad : part.Value.IsUnknown || part.Value.IsError ? Tone.Doubtful : Tone.Plain;
        page.Line(indent, [
            new Span(part.Element is { } element ? $"[{element}] " : "", Tone.Quiet),
            new Span(part.Text),
            new Span("  =  ", Tone.Quiet),
            new Span(Shorten(part.Value.ToString()), tone),
        ]);
        foreach (var child in part.Children)
        {
            WriteTree(page, child, indent + 2);
        }
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : $"{text[..199]}…";
}
