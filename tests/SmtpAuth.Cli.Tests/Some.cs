using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Tests;

/// <summary>Any valid object; a test changes what it is about.</summary>
internal static class Some
{
    public static RemediationPlan Plan(params string?[] risks) => new()
    {
        Submission = new Submission { Mailbox = "printer@contoso.example" },
        Route = Route.Basic,
        Complete = true,
        Steps = [.. risks.DefaultIfEmpty(null).Select((risk, index) => Step($"s{index + 1}", risk))],
        Withheld = [],
        Alternatives = [],
        CreatedAt = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero),
        Expires = new DateTimeOffset(2036, 11, 8, 8, 0, 0, TimeSpan.Zero),
        PackVersion = "1",
    };

    public static PlanStep Step(string id, string? risk = null) => new()
    {
        Id = id,
        Operation = "enable-smtp-auth-on-mailbox",
        Target = "printer@contoso.example",
        Observes = new Observation { Answer = AnswerNames.CasMailbox, Path = "SmtpClientAuthenticationDisabled" },
        Before = null,
        After = JsonValue.Create(false),
        Action = new StepAction.Cmdlet("Set-CASMailbox", new JsonObject { ["SmtpClientAuthenticationDisabled"] = false }),
        Undo = new StepAction.Cmdlet("Set-CASMailbox", new JsonObject { ["SmtpClientAuthenticationDisabled"] = null }),
        Risk = risk,
        Scope = StepScope.Mailbox,
        SecurityCost = 10,
        Permissions = ["Exchange.ManageAsApp"],
        Roles = ["Exchange Recipient Administrator"],
        PropagationTypical = TimeSpan.FromMinutes(10),
        PropagationMaximum = TimeSpan.FromHours(1),
        Summary = new Dictionary<string, string> { ["en"] = "Allow SMTP AUTH for the mailbox.", ["ro"] = "Permite SMTP AUTH pentru cutia poștală." },
        Portal = new Dictionary<string, IReadOnlyList<string>> { ["en"] = ["Open the user."], ["ro"] = ["Deschideți utilizatorul."] },
        PowerShell = "Set-CASMailbox -Identity 'printer@contoso.example' -SmtpClientAuthenticationDisabled $false",
    };
}
