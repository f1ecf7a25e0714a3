using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What one derivation of facts shares: the answers, each looked through once, and the sender's own objects.</summary>
internal sealed class Derivation(TenantAnswers answers, Submission submission, DateTimeOffset asOf)
{
    private readonly Dictionary<string, AnswerContent> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Reading<JsonElement?>> _own = new(StringComparer.Ordinal);

    public TenantAnswers Answers { get; } = answers;

    public Submission Submission { get; } = submission;

    public DateTimeOffset AsOf { get; } = asOf.ToUniversalTime();

    /// <summary>Gets the address the message is sent from, in lower case.</summary>
    public string From { get; } = (string.IsNullOrEmpty(submission.From) ? submission.Mailbox : submission.From!).ToLowerInvariant();

    public AnswerContent Content(string answer)
    {
        if (!_contents.TryGetValue(answer, out var content))
        {
            content = AnswerContent.Of(Answers[answer]);
            _contents.Add(answer, content);
        }

        return content;
    }

    /// <summary>Finds the sender's own object, a known <see langword="null"/> where the service says that there is none.</summary>
    public Reading<JsonElement?> Own(string answer)
    {
        if (!_own.TryGetValue(answer, out var own))
        {
            own = SenderObject.Find(Content(answer), Submission.Mailbox);
            _own.Add(answer, own);
        }

        return own;
    }

    /// <summary>Reads a property of the sender's own object.</summary>
    public Reading<T> OfOwn<T>(string answer, Func<JsonElement, Reading<T>> read) => Own(answer).Then(own => own is { } present
        ? read(present)
        : Reading<T>.Unknown($"The service says that there is no {Submission.Mailbox}."));

    /// <summary>Reads a property of the one object that an answer about the whole tenant holds.</summary>
    public Reading<T> OfOnly<T>(string answer, Func<JsonElement, Reading<T>> read)
    {
        var content = Content(answer);
        return content.Failure is { } failure ? Reading<T>.Unknown(failure)
            : content.Objects.Count == 1 ? read(content.Objects[0])
            : Reading<T>.Unknown($"{answer} should hold exactly one object and holds {content.Objects.Count}.");
    }

    public Fact Fact<T>(string name, string answer, Reading<T> reading)
    {
        var origin = Answers[answer];
        return reading.IsKnown
            ? Tenancy.Fact.Known(name, reading.Value, origin.Source, origin.ReadAt)
            : Tenancy.Fact.Unknown(name, reading.Reason, origin.Source);
    }

    /// <summary>Makes a fact of the first reading that is known; where none is, of the reason of the first one.</summary>
    public Fact FirstKnown<T>(string name, params (string Answer, Reading<T> Reading)[] readings)
    {
        var index = Array.FindIndex(readings, candidate => candidate.Reading.IsKnown);
        var (answer, reading) = readings[Math.Max(0, index)];
        return Fact(name, answer, reading);
    }
}
