using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>How a script reads the value of an observation.</summary>
internal static class PowerShellReads
{
    private static readonly string GroupMembers = AnswerNames.GroupMembers(string.Empty);

    private static readonly HashSet<string> OfMailbox = new(StringComparer.Ordinal)
    {
        AnswerNames.CasMailbox, AnswerNames.Mailbox, AnswerNames.ExchangeUser, AnswerNames.MailboxPermission, AnswerNames.RecipientPermission,
    };

    /// <summary>Gives an expression that reads the object of an observation, or <see langword="null"/> where none is known.</summary>
    public static string? Object(Observation observation, Submission submission)
    {
        var source = Source(observation.Answer, submission.Mailbox, observation.Path);
        return source is null || observation.KeyProperty is null
            ? source
            : $"{source} | Where-Object {{ (Get-Value $_ {PowerShellText.Quote(observation.KeyProperty)}) -eq {PowerShellText.Text(observation.Key ?? string.Empty)} }}";
    }

    private static string? Source(string answer, string mailbox, string? path)
    {
        if (answer.StartsWith("exchange/", StringComparison.Ordinal))
        {
            var cmdlet = PowerShellText.Name(answer.Substring("exchange/".Length));
            var identity = OfMailbox.Contains(answer) ? $" -Identity:{PowerShellText.Quote(mailbox)}" : string.Empty;
            return cmdlet + identity;
        }

        var user = Uri.EscapeDataString(mailbox);
        var first = path is null ? string.Empty : "?$select=" + Uri.EscapeDataString(path.Split('.')[0]);
        return answer switch
        {
            AnswerNames.SecurityDefaults => Get("/v1.0/policies/identitySecurityDefaultsEnforcementPolicy"),
            AnswerNames.ConditionalAccessPolicies => List("/v1.0/identity/conditionalAccess/policies"),
            AnswerNames.NamedLocations => List("/v1.0/identity/conditionalAccess/namedLocations"),
            AnswerNames.User => Get($"/v1.0/users/{user}{first}"),
            AnswerNames.UserAuthenticationRequirements => Get($"/beta/users/{user}/authentication/requirements"),
            AnswerNames.Domains => List("/v1.0/domains"),
            AnswerNames.Organization => List("/v1.0/organization"),
            _ when answer.StartsWith(GroupMembers, StringComparison.Ordinal) =>
                List($"/v1.0/groups/{Uri.EscapeDataString(answer.Remove(0, GroupMembers.Length))}/members"),
            _ => null,
        };
    }

    private static string Get(string path) => $"Invoke-MgGraphRequest -Method GET -Uri {PowerShellText.Quote(path)} -OutputType PSObject";

    private static string List(string path) => $"Get-GraphList {PowerShellText.Quote(path)}";
}
