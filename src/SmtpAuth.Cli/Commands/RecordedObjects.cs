using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Cli.Commands;

/// <summary>Puts recorded answers into an emulated tenant: what was recorded replaces what the emulator starts with.</summary>
internal static class RecordedObjects
{
    // Answer, kind of object, member that tells the object; answers about the one sender go to its own objects instead.
    private static readonly (string Answer, string Kind, string Key)[] Lists =
    [
        (AnswerNames.ConditionalAccessPolicies, ObjectKinds.ConditionalAccessPolicies, "id"),
        (AnswerNames.NamedLocations, ObjectKinds.NamedLocations, "id"),
        (AnswerNames.SubscribedSkus, ObjectKinds.SubscribedSkus, "id"),
        (AnswerNames.Domains, ObjectKinds.Domains, "id"),
        (AnswerNames.AuthenticationPolicy, ObjectKinds.AuthenticationPolicies, "Guid"),
        (AnswerNames.InboundConnector, ObjectKinds.InboundConnectors, "Name"),
        (AnswerNames.AcceptedDomain, ObjectKinds.AcceptedDomains, "DomainName"),
        (AnswerNames.ServicePrincipal, ObjectKinds.ExchangeServicePrincipals, "ObjectId"),
    ];

    private static readonly (string Answer, string Kind)[] Singles =
    [
        (AnswerNames.SecurityDefaults, ObjectKinds.SecurityDefaults),
        (AnswerNames.TransportConfig, ObjectKinds.TransportConfig),
        (AnswerNames.OrganizationConfig, ObjectKinds.OrganizationConfig),
    ];

    private static readonly (string Answer, string Kind)[] OfSender =
    [
        (AnswerNames.User, ObjectKinds.Users),
        (AnswerNames.UserAuthenticationRequirements, ObjectKinds.AuthenticationRequirements),
        (AnswerNames.CasMailbox, ObjectKinds.CasMailboxes),
        (AnswerNames.Mailbox, ObjectKinds.Mailboxes),
        (AnswerNames.ExchangeUser, ObjectKinds.ExchangeUsers),
    ];

    /// <summary>Finds the mailbox the answers are about.</summary>
    public static string Mailbox(TenantAnswers answers) =>
        First(answers, AnswerNames.CasMailbox)?["PrimarySmtpAddress"]?.ToString()
        ?? First(answers, AnswerNames.Mailbox)?["PrimarySmtpAddress"]?.ToString()
        ?? First(answers, AnswerNames.User)?["mail"]?.ToString()
        ?? First(answers, AnswerNames.User)?["userPrincipalName"]?.ToString()
        ?? throw CommandFailure.BadInput(
            "--tenant-state: no answer names the mailbox. Expected an address in exchange/Get-CASMailbox.json, exchange/Get-Mailbox.json or graph/user.json.");

    /// <summary>Describes a tenant with the one sender.</summary>
    public static void Describe(EmulatedTenantBuilder tenant, TenantAnswers answers, string password)
    {
        if (First(answers, AnswerNames.Organization)?["id"]?.ToString() is { } id && Guid.TryParse(id, out _))
        {
            tenant.TenantId(id);
        }

        var user = First(answers, AnswerNames.User);
        tenant.WithUser(user?["userPrincipalName"]?.ToString() ?? Mailbox(answers), sender =>
        {
            sender.Password(password).PrimarySmtpAddress(Mailbox(answers));
            if (user?["id"]?.ToString() is { } objectId && Guid.TryParse(objectId, out _))
            {
                sender.ObjectId(objectId);
            }
        });
    }

    /// <summary>Lays the answers over the objects of a tenant that was described from them.</summary>
    public static void Overlay(EmulatedState state, TenantAnswers answers)
    {
        foreach (var (answer, kind, key) in Lists)
        {
            foreach (var item in Items(answers, answer))
            {
                if (item[key]?.ToString() is { Length: > 0 } id)
                {
                    state.Put(kind, id, item);
                }
            }
        }

        var sender = state.User(First(answers, AnswerNames.User)?["userPrincipalName"]?.ToString() ?? Mailbox(answers)).Id;
        foreach (var (answer, kind) in OfSender)
        {
            Merge(state, kind, sender, First(answers, answer));
        }

        foreach (var (answer, kind) in Singles)
        {
            Merge(state, kind, KeyOf(state.All(kind)[0]), First(answers, answer));
        }
    }

    // The one object of its kind is kept under its id, or where it has none under its name.
    private static string KeyOf(JsonObject single) => (single["id"] ?? single["Name"] ?? single["Identity"])!.ToString();

    private static void Merge(EmulatedState state, string kind, string id, JsonObject? recorded)
    {
        if (recorded is null)
        {
            return;
        }

        var merged = state.Find(kind, id) ?? [];
        foreach (var (name, value) in recorded)
        {
            merged[name] = value?.DeepClone();
        }

        state.Put(kind, id, merged);
    }

    private static JsonObject? First(TenantAnswers answers, string name) => Items(answers, name).FirstOrDefault();

    private static IEnumerable<JsonObject> Items(TenantAnswers answers, string name)
    {
        if (answers[name].Content is not { } content)
        {
            return [];
        }

        var items = content.ValueKind == JsonValueKind.Object && content.TryGetProperty("value", out var page) && page.ValueKind == JsonValueKind.Array
            ? page
            : content;
        return items.ValueKind switch
        {
            JsonValueKind.Array => items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => JsonObject.Create(item)!),
            JsonValueKind.Object => [JsonObject.Create(items)!],
            _ => [],
        };
    }
}
