using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>Mailboxes, users and the rights on them.</summary>
internal static class MailboxCmdlets
{
    private static readonly string[] CasSettings =
    [
        "SmtpClientAuthenticationDisabled", "ActiveSyncEnabled", "OWAEnabled", "PopEnabled", "ImapEnabled", "MAPIEnabled", "EwsEnabled",
    ];

    private static readonly string[] MailboxSettings = ["MessageCopyForSentAsEnabled", "MessageCopyForSMTPClientSubmissionEnabled"];

    public static IEnumerable<Cmdlet> All(ExchangeDirectory directory) =>
    [
        new("Get-CASMailbox", ["Identity"], call => new CmdletResult(directory.Read(ObjectKinds.CasMailboxes, call.Text("Identity")), [])),
        new("Set-CASMailbox", ["Identity", .. CasSettings], call => SetCasMailbox(directory, call)),
        new(
            "Get-Mailbox",
            ["Identity", "IncludeGrantSendOnBehalfToWithDisplayNames", "RecipientTypeDetails"],
            call => new CmdletResult(
                [
                    .. directory.Read(ObjectKinds.Mailboxes, call.Text("Identity"))
                        .Where(mailbox => !call.Has("RecipientTypeDetails")
                            || call.Texts("RecipientTypeDetails").Contains(mailbox.Text("RecipientTypeDetails")))
                        .Select(mailbox => WithAccountState(directory, mailbox)),
                ],
                [])),
        new("Set-Mailbox", ["Identity", "GrantSendOnBehalfTo", .. MailboxSettings], call => SetMailbox(directory, call)),
        new(
            "Get-User",
            ["Identity"],
            call => new CmdletResult(
                [.. directory.Read(ObjectKinds.ExchangeUsers, call.Text("Identity")).Select(user => WithAccountState(directory, user))], [])),
        new("Set-User", ["Identity", "AuthenticationPolicy", "StsRefreshTokensValidFrom"], call => SetUser(directory, call)),
        new("Get-MailboxPermission", ["Identity", "User"], call => GetMailboxPermission(directory, call)),
        new(
            "Add-MailboxPermission",
            ["Identity", "User", "AccessRights", "AutoMapping", "InheritanceType"],
            call => AddMailboxPermission(directory, call)),
        new(
            "Remove-MailboxPermission",
            ["Identity", "User", "AccessRights", "InheritanceType"],
            call => RemovePermission(directory, call, ObjectKinds.MailboxPermissions, "User")),
        new("Get-RecipientPermission", ["Identity", "Trustee", "AccessRights"], call => GetRecipientPermission(directory, call)),
        new("Add-RecipientPermission", ["Identity", "Trustee", "AccessRights"], call => AddRecipientPermission(directory, call)),
        new(
            "Remove-RecipientPermission",
            ["Identity", "Trustee", "AccessRights"],
            call => RemovePermission(directory, call, ObjectKinds.RecipientPermissions, "Trustee")),
    ];

    private static CmdletResult SetCasMailbox(ExchangeDirectory directory, CmdletCall call)
    {
        var mailbox = directory.One(ObjectKinds.CasMailboxes, call.Mandatory("Identity"));
        var values = CasSettings.Where(call.Has).ToDictionary(setting => setting, call.Flag);
        return directory.Change(
            call,
            ObjectKinds.CasMailboxes,
            mailbox.Text("ExternalDirectoryObjectId")!,
            mailbox.Text("Identity")!,
            stored => SetFlags(stored, values));
    }

    private static CmdletResult SetMailbox(ExchangeDirectory directory, CmdletCall call)
    {
        var mailbox = directory.One(ObjectKinds.Mailboxes, call.Mandatory("Identity"));
        var values = MailboxSettings.Where(call.Has).ToDictionary(setting => setting, call.Flag);
        return directory.Change(
            call,
            ObjectKinds.Mailboxes,
            mailbox.Text("ExternalDirectoryObjectId")!,
            mailbox.Text("Identity")!,
            stored =>
            {
                SetFlags(stored, values);
                if (call.Has("GrantSendOnBehalfTo"))
                {
                    stored["GrantSendOnBehalfTo"] = call.List("GrantSendOnBehalfTo", stored.Texts("GrantSendOnBehalfTo"));
                }
            });
    }

    private static void SetFlags(JsonObject stored, Dictionary<string, bool?> values)
    {
        foreach (var (name, value) in values)
        {
            stored[name] = value;
        }
    }

    private static CmdletResult SetUser(ExchangeDirectory directory, CmdletCall call)
    {
        var user = directory.One(ObjectKinds.ExchangeUsers, call.Mandatory("Identity"));
        var policy = call.Text("AuthenticationPolicy") is { } name
            ? directory.One(ObjectKinds.AuthenticationPolicies, name).Text("Name")
            : null;
        return directory.Change(
            call,
            ObjectKinds.ExchangeUsers,
            user.Text("ExternalDirectoryObjectId")!,
            user.Text("Identity")!,
            stored =>
            {
                if (call.Has("AuthenticationPolicy"))
                {
                    stored["AuthenticationPolicy"] = policy;
                }

                if (call.Text("StsRefreshTokensValidFrom") is { } from)
                {
                    stored["StsRefreshTokensValidFrom"] = from;
                }
            });
    }

    // Whether sign-in is blocked is Entra's to say.
    private static JsonObject WithAccountState(ExchangeDirectory directory, JsonObject item)
    {
        if (directory.State.Find(ObjectKinds.Users, item.Text("ExternalDirectoryObjectId") ?? string.Empty).Flag("accountEnabled") is { } enabled)
        {
            item["AccountDisabled"] = !enabled;
        }

        return item;
    }

    private static CmdletResult GetMailboxPermission(ExchangeDirectory directory, CmdletCall call)
    {
        var mailbox = directory.One(ObjectKinds.Mailboxes, call.Mandatory("Identity"));
        var self = DefaultObjects.MailboxPermission(mailbox.Text("PrimarySmtpAddress")!, "NT AUTHORITY\\SELF");
        self["AccessRights"] = Json.Array("FullAccess", "ReadPermission");
        self["Identity"] = mailbox.Text("Identity");
        return new CmdletResult(
            [
                .. directory.Read(ObjectKinds.MailboxPermissions, null)
                    .Where(permission => IsOn(permission, mailbox))
                    .Prepend(self)
                    .Where(permission => call.Text("User") is not { } user || EmulatedState.Same(permission.Text("User"), user)),
            ],
            []);
    }

    private static CmdletResult AddMailboxPermission(ExchangeDirectory directory, CmdletCall call)
    {
        var mailbox = directory.One(ObjectKinds.Mailboxes, call.Mandatory("Identity"));
        var user = call.Mandatory("User");
        NeedPrincipal(directory, user);
        var created = DefaultObjects.MailboxPermission(mailbox.Text("PrimarySmtpAddress")!, user);
        created["Identity"] = mailbox.Text("Identity");
        created["AccessRights"] = Json.Array(call.Texts("AccessRights") is { Count: > 0 } rights ? rights : throw CmdletFailure.Missing("AccessRights"));
        return directory.Create(call, ObjectKinds.MailboxPermissions, KeyOf(mailbox, user), created);
    }

    private static CmdletResult GetRecipientPermission(ExchangeDirectory directory, CmdletCall call)
    {
        var mailboxes = call.Text("Identity") is { } identity ? [directory.Recipient(identity)] : directory.State.All(ObjectKinds.Mailboxes);
        var permissions = directory.Read(ObjectKinds.RecipientPermissions, null);
        return new CmdletResult(
            [
                .. mailboxes.SelectMany(mailbox =>
                {
                    var self = DefaultObjects.RecipientPermission(mailbox.Text("PrimarySmtpAddress")!, "NT AUTHORITY\\SELF");
                    self["Identity"] = mailbox.Text("Identity");
                    return permissions.Where(permission => IsOn(permission, mailbox)).Prepend(self);
                }).Where(permission => call.Text("Trustee") is not { } trustee || EmulatedState.Same(permission.Text("Trustee"), trustee)),
            ],
            []);
    }

    private static CmdletResult AddRecipientPermission(ExchangeDirectory directory, CmdletCall call)
    {
        var mailbox = directory.Recipient(call.Mandatory("Identity"));
        var trustee = call.Mandatory("Trustee");
        NeedPrincipal(directory, trustee);
        var created = DefaultObjects.RecipientPermission(mailbox.Text("PrimarySmtpAddress")!, trustee);
        created["Identity"] = mailbox.Text("Identity");
        return directory.Create(call, ObjectKinds.RecipientPermissions, KeyOf(mailbox, trustee), created);
    }

    private static CmdletResult RemovePermission(ExchangeDirectory directory, CmdletCall call, string kind, string member)
    {
        var mailbox = directory.Recipient(call.Mandatory("Identity"));
        var key = KeyOf(mailbox, call.Mandatory(member));
        return directory.State.Find(kind, key) is null
            ? CmdletResult.Warning("The appropriate access control entry is already absent from the object.")
            : directory.Remove(call, kind, key);
    }

    private static bool IsOn(JsonObject permission, JsonObject mailbox) =>
        EmulatedState.Same(permission.Text("#mailbox"), mailbox.Text("PrimarySmtpAddress"));

    private static string KeyOf(JsonObject mailbox, string who) => $"{mailbox.Text("PrimarySmtpAddress")}|{who}".ToLowerInvariant();

    private static void NeedPrincipal(ExchangeDirectory directory, string identity)
    {
        foreach (var kind in (string[])[ObjectKinds.ExchangeUsers, ObjectKinds.Mailboxes, ObjectKinds.ExchangeServicePrincipals])
        {
            try
            {
                directory.One(kind, identity);
                return;
            }
            catch (CmdletFailure failure) when (failure.IsNotFound)
            {
                continue;
            }
        }

        throw CmdletFailure.NotFound(identity);
    }
}
