using SmtpAuth.Tenancy;

namespace SmtpAuth.Diagnoses;

/// <summary>Tells how to get what is missing: a fact, or an answer or a group's members that a fact was to be derived from.</summary>
internal static class FactGuide
{
    private const string GroupMembers = "graph/groupMembers-";

    /// <summary>Tells how to read something that a condition found unknown.</summary>
    public static string How(string name) =>
        FactCatalogue.Default.TryGet(name, out var fact) ? fact.How
        : name.StartsWith(GroupMembers, StringComparison.Ordinal) ? $"GET /v1.0/groups/{name.Substring(GroupMembers.Length)}/transitiveMembers"
        : OfAnswer(name)?.How ?? name;

    /// <summary>Tells what reading it costs, from 1 to 5.</summary>
    public static int Cost(string name) =>
        FactCatalogue.Default.TryGet(name, out var fact) ? fact.Cost : OfAnswer(name)?.Cost ?? 2;

    /// <summary>Tells whether there is a way to read it, or a caller who can tell it.</summary>
    public static bool CanBeRead(string name) => !FactCatalogue.Default.TryGet(name, out var fact)
        || fact.Answers.Count > 0 || name.StartsWith("client.", StringComparison.Ordinal);

    private static FactDefinition? OfAnswer(string answer) =>
        FactCatalogue.Default.Facts.FirstOrDefault(fact => fact.Answers.Count > 0 && fact.Answers[0] == answer);
}
