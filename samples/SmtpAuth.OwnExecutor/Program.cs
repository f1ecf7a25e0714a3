using SmtpAuth;
using SmtpAuth.Exchange;
using SmtpAuth.Execution;
using SmtpAuth.Graph;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

var printer = new Submission { Mailbox = "printer@contoso.example" };
await using var tenant = await EmulatedTenant.StartAsync(builder => builder.WithUser(printer.Mailbox));
var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "the emulated cloud");
var credential = new ReadyTokenCredential(
    cloud, new Secret(tenant.IssueToken(TokenAudience.Graph)), new Secret(tenant.IssueToken(TokenAudience.Exchange)));
using var graph = new GraphConnection(cloud, credential);
using var exchange = new ExchangeAdminApiCommands(cloud, tenant.TenantId, credential);

// The first executor that can make a call makes it, so an own one goes first.
var remediator = new RemediatorBuilder()
    .AddExecutor(new TicketedExecutor(new ExchangeStepExecutor(exchange), Console.Out))
    .AddGraph(graph)
    .AddExchange(exchange)
    .Build();

var plan = await remediator.PlanAsync("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", printer);
var report = await remediator.ApplyAsync(plan);
Console.WriteLine($"{report.Outcome}: {string.Join(", ", report.Steps.Select(step => $"{step.Operation} {step.State}"))}");
return report.Outcome == RunOutcome.Observed ? 0 : 1;
