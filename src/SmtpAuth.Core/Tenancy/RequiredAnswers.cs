namespace SmtpAuth.Tenancy;

/// <summary>Tells which answers are worth reading, so that nothing is asked for that no fact in question needs.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class RequiredAnswers
{
    /// <summary>Gets the answers that facts about a sender need.</summary>
    /// <param name="submission">The sender; without an application id nothing about an application is needed, and so on.</param>
    /// <param name="routes">The routes in question; none means the sender's own.</param>
    /// <returns>The names, each once, cheap ones first. Facts that are read only on request are not counted.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static IReadOnlyList<string> For(Submission submission, params IEnumerable<Route> routes)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(routes);

        var asked = routes.DefaultIfEmpty(submission.Route).ToList();
        return
        [
            .. FactCatalogue.Default.Facts
                .Where(fact => !fact.OnRequest && (fact.Routes.Count == 0 || fact.Routes.Any(asked.Contains)))
                .OrderBy(fact => fact.Cost)
                .SelectMany(fact => fact.Answers)
                .Where(answer => CanMatter(answer, submission))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Gets the answers that one fact is derived from.</summary>
    /// <param name="fact">The fact's name.</param>
    /// <returns>The names, the deciding one first; empty where the fact is not read from the tenant.</returns>
    /// <exception cref="KeyNotFoundException">No fact has that name.</exception>
    public static IReadOnlyList<string> ForFact(string fact) => FactCatalogue.Default.TryGet(fact, out var declared)
        ? declared.Answers
        : throw new KeyNotFoundException($"There is no fact {fact}. The names are in the fact catalogue.");

    private static bool CanMatter(string answer, Submission submission) => answer switch
    {
        AnswerNames.ServicePrincipal or AnswerNames.MailboxPermission or AnswerNames.ManagementRoleAssignment => submission.AppId is not null,
        AnswerNames.RecipientPermission => submission.AppId is not null || !SendsAsItself(submission),
        _ => true,
    };

    private static bool SendsAsItself(Submission submission) => string.IsNullOrEmpty(submission.From)
        || string.Equals(submission.From, submission.Mailbox, StringComparison.OrdinalIgnoreCase);
}
