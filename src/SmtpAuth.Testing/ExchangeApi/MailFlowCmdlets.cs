using System.Globalization;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>High Volume Email accounts and message traces.</summary>
internal static class MailFlowCmdlets
{
    private const int MostHveApplications = 10;

    public static IEnumerable<Cmdlet> All(ExchangeDirectory directory, Func<IReadOnlyList<AcceptedMessage>> accepted) =>
    [
        new("Get-MailUser", ["Identity", "HVEAccount"], call => new CmdletResult(
            [
                .. directory.Read(ObjectKinds.MailUsers, call.Text("Identity"))
                    .Where(user => call.Flag("HVEAccount") != true || user.Flag("#HVEAccount") == true),
            ],
            [])),
        new("Get-HVEAccountSettings", ["Identity"], call => HveSettings(directory, call)),
        new("Get-HVEAccountBillingPolicy", ["Identity"], call => HveBilling(directory, call)),
        new("Add-HVEAppAccess", ["Identity", "AppIds"], call => HveApplications(directory, call, add: true)),
        new("Remove-HVEAppAccess", ["Identity", "AppIds"], call => HveApplications(directory, call, add: false)),
        new(
            "Get-MessageTraceV2",
            ["SenderAddress", "RecipientAddress", "StartDate", "EndDate", "Status", "StartingRecipientAddress", "MessageId"],
            call => Traces(call, accepted())),
    ];

    private static JsonObject Account(ExchangeDirectory directory, CmdletCall call) =>
        directory.One(ObjectKinds.MailUsers, call.Mandatory("Identity"));

    private static CmdletResult HveSettings(ExchangeDirectory directory, CmdletCall call)
    {
        var account = Account(directory, call);
        return CmdletResult.Of(new JsonObject
        {
            ["Identity"] = account.Text("Identity"),
            ["ReplyTo"] = account.Text("#ReplyTo"),
            ["AllowedApps"] = Json.Array(account.Texts("#AllowedApps")),
        });
    }

    private static CmdletResult HveBilling(ExchangeDirectory directory, CmdletCall call) => CmdletResult.Of(new JsonObject
    {
        ["Identity"] = Account(directory, call).Text("Identity"),
        ["BillingPolicyId"] = StableGuid.From("billing", DefaultObjects.InitialDomain),
        ["BillingPolicyStatus"] = "BillingPolicyValid",
    });

    private static CmdletResult HveApplications(ExchangeDirectory directory, CmdletCall call, bool add)
    {
        var account = Account(directory, call);
        var current = account.Texts("#AllowedApps");
        var wanted = add
            ? current.Union(call.Texts("AppIds"), StringComparer.OrdinalIgnoreCase)
            : current.Except(call.Texts("AppIds"), StringComparer.OrdinalIgnoreCase);
        var list = wanted.ToList();
        return list.Count > MostHveApplications
            ? throw CmdletFailure.Invalid($"An HVE account can have at most {MostHveApplications} applications.")
            : directory.Change(
                call,
                ObjectKinds.MailUsers,
                account.Text("ExternalDirectoryObjectId")!,
                account.Text("Identity")!,
                stored => stored["#AllowedApps"] = Json.Array(list));
    }

    private static CmdletResult Traces(CmdletCall call, IReadOnlyList<AcceptedMessage> accepted)
    {
        bool Wanted(AcceptedMessage message, string recipient) =>
            (call.Texts("SenderAddress") is { Count: 0 } || call.Texts("SenderAddress").Contains(message.Sender, StringComparer.OrdinalIgnoreCase))
            && (call.Texts("RecipientAddress") is { Count: 0 } || call.Texts("RecipientAddress").Contains(recipient, StringComparer.OrdinalIgnoreCase))
            && (Time(call, "StartDate") is not { } from || message.At >= from)
            && (Time(call, "EndDate") is not { } to || message.At <= to);

        return new CmdletResult(
            [
                .. from message in accepted
                   from recipient in message.Recipients
                   where Wanted(message, recipient)
                   orderby message.At descending
                   select new JsonObject
                   {
                       ["MessageTraceId"] = message.Id,
                       ["MessageId"] = message.MessageId,
                       ["Received"] = Times.Precise(message.At).TrimEnd('Z'),
                       ["SenderAddress"] = message.Sender,
                       ["RecipientAddress"] = recipient,
                       ["Subject"] = message.Subject,
                       ["Status"] = "Delivered",
                       ["FromIP"] = message.FromIp,
                       ["ToIP"] = null,
                       ["Size"] = message.Size,
                   },
            ],
            []);
    }

    private static DateTimeOffset? Time(CmdletCall call, string parameter) => call.Text(parameter) is not { } text
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw CmdletFailure.Transformation(parameter, text, "System.Nullable`1[System.DateTime]");
}
