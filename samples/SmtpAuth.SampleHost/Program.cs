using SmtpAuth;
using SmtpAuth.Exchange;
using SmtpAuth.Execution;
using SmtpAuth.Graph;
using SmtpAuth.Probe;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

const string Error = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";
var printer = new Submission { Mailbox = "printer@contoso.example" };
var password = new Secret("invented for this sample");

// A tenant of your own instead: MicrosoftCloud.Global, and a credential of Azure.Identity.
await using var tenant = await EmulatedTenant.StartAsync(
    builder => builder.WithUser(printer.Mailbox, user => user.Password(password.Reveal())));
var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "the emulated cloud");
var credential = new ReadyTokenCredential(
    cloud, new Secret(tenant.IssueToken(TokenAudience.Graph)), new Secret(tenant.IssueToken(TokenAudience.Exchange)));

using var graph = new GraphConnection(cloud, credential);
using var exchange = new ExchangeAdminApiCommands(cloud, tenant.TenantId, credential);
var remediator = new RemediatorBuilder()
    .AddGraph(graph)
    .AddExchange(exchange)
    .UseProbe(new MailKitSubmissionProbe(), cloud, printer, password)
    .Build();

var plan = await remediator.PlanAsync(Error, printer);
foreach (var step in plan.Steps)
{
    Console.WriteLine(step.Summary["en"]);
}

var report = await remediator.ApplyAsync(plan);
Console.WriteLine($"{report.Outcome}: {report.Proof?.ReplyText}");
Console.WriteLine($"Taken back: {(await remediator.UndoAsync(report.RunId)).Outcome}");
return report.Outcome == RunOutcome.Proved ? 0 : 1;
