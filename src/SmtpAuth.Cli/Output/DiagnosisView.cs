using SmtpAuth.Cli.Text;
using SmtpAuth.Diagnoses;

namespace SmtpAuth.Cli.Output;

/// <summary>A diagnosis for a person: the answer first, then the stack of gates, then what is worth finding out.</summary>
internal static class DiagnosisView
{
    public static void Write(Page page, Words words, Diagnosis diagnosis)
    {
        WriteVerdict(page, words, diagnosis);
        WriteGates(page, words, diagnosis);
        WriteContradictions(page, words, diagnosis);
        WriteNextFacts(page, words, diagnosis.NextFacts);
        WriteFaults(page, words, diagnosis);
    }

    public static void WriteGates(Page page, Words words, Diagnosis diagnosis)
    {
        page.Heading(words.Format("diagnosis.gates", words.Name("route", diagnosis.Submission.Route.ToName())));
        foreach (var gate in diagnosis.Gates.Where(gate => gate.Status != GateStatus.NotOnRoute && !IsDecidedByTrying(gate)))
        {
            var (mark, tone) = Mark(gate.Status);
            page.Item(2, new Span(mark, tone), [
                new Span(words.Name("gate", gate.Gate.ToName()), gate.Status == GateStatus.Closed ? Tone.Strong : Tone.Plain),
                new Span($"  {words[$"status.{DiagnosisJson.StatusName(gate.Status)}"]}", tone),
                new Span(gate.Rules.Count > 0 ? $"  {string.Join(", ", gate.Rules)}" : "", Tone.Quiet),
            ]);
            if (gate.Status is GateStatus.Closed || gate.Missing.Count > 0)
            {
                WriteDetails(page, words, gate, diagnosis.Submission.Mailbox);
            }
        }

        WriteAside("diagnosis.byTrying", diagnosis.Gates.Where(IsDecidedByTrying));
        WriteAside("diagnosis.notOnRoute", diagnosis.Gates.Where(gate => gate.Status == GateStatus.NotOnRoute));

        void WriteAside(string key, IEnumerable<GateVerdict> gates)
        {
            var names = string.Join(", ", gates.Select(gate => words.Name("gate", gate.Gate.ToName())));
            if (names.Length > 0)
            {
                page.Item(2, new Span("-", Tone.Quiet), new Span(words.Format(key, names), Tone.Quiet));
            }
        }
    }

    public static void WriteNextFacts(Page page, Words words, IReadOnlyList<NextFact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        page.Heading(words["diagnosis.nextFacts"]);
        var number = 0;
        foreach (var fact in facts)
        {
            page.Item(2, new Span($"{++number}.", Tone.Quiet), new Span(fact.How, Tone.Strong));
            page.Line(5, new Span(
                fact.Separates.Count > 0 ? words.Format("diagnosis.separates", fact.Fact, string.Join(", ", fact.Separates)) : fact.Fact,
                Tone.Quiet));
        }
    }

    // No fact is missing: nothing but an attempt tells, as with the network.
    public static bool IsDecidedByTrying(GateVerdict gate) =>
        gate is { Status: GateStatus.Unknown, Missing.Count: 0, Rules.Count: 0 };

    private static void WriteVerdict(Page page, Words words, Diagnosis diagnosis)
    {
        var name = DiagnosisJson.VerdictName(diagnosis.Verdict);
        var tone = diagnosis.Verdict switch
        {
            Verdict.Open => Tone.Good,
            Verdict.Blocked => Tone.Bad,
            _ => Tone.Doubtful,
        };
        page.Blank();
        page.Line(0, new Span(words[$"verdict.{name}"], tone), new Span($"  {diagnosis.Submission.Mailbox}", Tone.Strong));
        page.Line(0, new Span(diagnosis.Verdict == Verdict.Blocked
            ? words.Format("diagnosis.closedCount", diagnosis.Gates.Count(gate => gate.Status == GateStatus.Closed))
            : words[$"diagnosis.{name}"]));
    }

    public static void WriteDetails(Page page, Words words, GateVerdict gate, string mailbox)
    {
        page.Line(4, gate.Why);
        foreach (var evidence in gate.Evidence)
        {
            page.Item(4, new Span("·", Tone.Quiet), [
                new Span($"{evidence.Fact} = {FactText.Of(evidence.Value)}"),
                new Span($"  {evidence.Source}", Tone.Quiet),
            ]);
        }

        foreach (var missing in gate.Missing)
        {
            page.Item(4, new Span("?", Tone.Doubtful), [
                new Span(missing.Fact),
                new Span($"  {missing.Reason} "),
                new Span(words.Format("diagnosis.how", missing.How.Replace("ADDRESS", mailbox, StringComparison.Ordinal)), Tone.Quiet),
            ]);
        }
    }

    private static void WriteContradictions(Page page, Words words, Diagnosis diagnosis)
    {
        if (diagnosis.Contradictions.Count == 0)
        {
            return;
        }

        page.Heading(words["diagnosis.contradictions"]);
        foreach (var contradiction in diagnosis.Contradictions)
        {
            page.Item(2, new Span("!", Tone.Doubtful), contradiction.Why);
        }
    }

    private static void WriteFaults(Page page, Words words, Diagnosis diagnosis)
    {
        if (diagnosis.Faults.Count == 0)
        {
            return;
        }

        page.Heading(words["diagnosis.faults"]);
        foreach (var fault in diagnosis.Faults)
        {
            page.Item(2, new Span(fault.Rule, Tone.Bad), fault.Message);
        }
    }

    private static (string Mark, Tone Tone) Mark(GateStatus status) => status switch
    {
        GateStatus.Open => ("✓", Tone.Good),
        GateStatus.Closed => ("✗", Tone.Bad),
        GateStatus.NotOnRoute => ("-", Tone.Quiet),
        _ => ("?", Tone.Doubtful),
    };
}
