using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What Exchange Online knows about the application that submits with its own token.</summary>
internal static class ApplicationFacts
{
    private const string SmtpRole = "Application SMTP.SendAsApp";

    private static readonly string[] NameMembers = ["ObjectId", "Identity", "Name", "DisplayName", "Sid", "Guid", "AppId"];
    private static readonly string[] AssigneeMembers = ["App", "RoleAssignee", "RoleAssigneeName"];

    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        var principal = ServicePrincipal(derivation);
        yield return derivation.Fact(
            "app.registeredInExchange", AnswerNames.ServicePrincipal, principal.Then(found => Reading<object?>.Of(found is not null)));
        yield return derivation.Fact("app.servicePrincipalId", AnswerNames.ServicePrincipal, ServicePrincipalId(derivation));
        yield return derivation.Fact("app.hasFullAccess", AnswerNames.MailboxPermission, IfRegistered(principal, names => MailboxRights.Holds(
            derivation, AnswerNames.MailboxPermission, derivation.Submission.Mailbox, "User", "FullAccess", names)));
        yield return derivation.Fact("app.hasSmtpRole", AnswerNames.ManagementRoleAssignment, IfRegistered(principal, names => HasSmtpRole(derivation, names)));
        yield return derivation.Fact("app.canSendAs", AnswerNames.RecipientPermission, IfRegistered(principal, names => MailboxRights.Holds(
            derivation, AnswerNames.RecipientPermission, derivation.From, "Trustee", "SendAs", names)));
    }

    /// <summary>Reads the object id under which Exchange knows the application, <see langword="null"/> where it does not.</summary>
    public static Reading<object?> ServicePrincipalId(Derivation derivation) => ServicePrincipal(derivation).Then(found => found is { } own
        ? PropertyReading.Text("ObjectId")(own).Then(id => Reading<object?>.Of(id.ToLowerInvariant()))
        : Reading<object?>.Of(null));

    private static Reading<JsonElement?> ServicePrincipal(Derivation derivation)
    {
        if (derivation.Submission.AppId is not { } appId)
        {
            return Reading<JsonElement?>.Unknown("The id of the application was not told.");
        }

        var content = derivation.Content(AnswerNames.ServicePrincipal);
        if (content.Failure is { } failure)
        {
            return content.NotFound is { } said && said.Contains(appId.ToString(), StringComparison.OrdinalIgnoreCase)
                ? Reading<JsonElement?>.Of(null)
                : Reading<JsonElement?>.Unknown(failure);
        }

        foreach (var candidate in content.Objects)
        {
            if (Guid.TryParse(JsonMembers.Text(JsonMembers.Find(candidate, "AppId")), out var id) && id == appId)
            {
                return Reading<JsonElement?>.Of(candidate);
            }
        }

        return content.Incomplete is { } gap ? Reading<JsonElement?>.Unknown(gap) : Reading<JsonElement?>.Of(null);
    }

    // What Exchange does not know holds no right there.
    private static Reading<object?> IfRegistered(Reading<JsonElement?> principal, Func<IReadOnlyCollection<string>, Reading<object?>> read) =>
        principal.Then(found => found is { } own
            ? read([.. NameMembers.Select(member => JsonMembers.Text(JsonMembers.Find(own, member))).OfType<string>().Where(name => name.Length > 0)])
            : Reading<object?>.Of(false));

    private static Reading<object?> HasSmtpRole(Derivation derivation, IReadOnlyCollection<string> names)
    {
        var content = derivation.Content(AnswerNames.ManagementRoleAssignment);
        if (content.Failure is { } failure)
        {
            return Reading<object?>.Unknown(failure);
        }

        string? scope = null;
        foreach (var row in content.Objects.Where(row => IsSmtpRole(row, names)))
        {
            var limit = JsonMembers.Find(row, "CustomResourceScope");
            switch (JsonMembers.Text(JsonMembers.Find(row, "InScope")))
            {
                case { } text when bool.TryParse(text, out var inScope):
                    if (inScope)
                    {
                        return Reading<object?>.Of(true);
                    }

                    break;
                case null when !JsonMembers.IsSet(limit):
                    return Reading<object?>.Of(true);
                default:
                    scope ??= JsonMembers.Text(limit) ?? "a scope";
                    break;
            }
        }

        return scope is not null
            ? Reading<object?>.Unknown($"The role is limited to {JsonMembers.OneLine(scope)}; Test-ServicePrincipalAuthorization tells whether the mailbox is in it.")
            : content.Incomplete is { } gap ? Reading<object?>.Unknown(gap) : Reading<object?>.Of(false);
    }

    private static bool IsSmtpRole(JsonElement row, IReadOnlyCollection<string> names)
    {
        var role = JsonMembers.Text(JsonMembers.Find(row, "Role")) ?? JsonMembers.Text(JsonMembers.Find(row, "RoleName"));
        if (!string.Equals(role, SmtpRole, StringComparison.OrdinalIgnoreCase) || JsonMembers.Bool(JsonMembers.Find(row, "Enabled")) == false)
        {
            return false;
        }

        // A row of Test-ServicePrincipalAuthorization names no one: it was asked for this application.
        var assignees = AssigneeMembers
            .Select(member => JsonMembers.Text(JsonMembers.Find(row, member))).Where(name => !string.IsNullOrEmpty(name)).ToList();
        return assignees.Count == 0
            ? JsonMembers.Find(row, "InScope") is not null
            : assignees.Any(name => names.Contains(name!.Substring(Math.Max(name.LastIndexOf('/'), name.LastIndexOf('\\')) + 1), StringComparer.OrdinalIgnoreCase));
    }
}
