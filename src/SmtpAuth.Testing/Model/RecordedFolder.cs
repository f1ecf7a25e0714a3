using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Model;

/// <summary>Reads recorded answers of the services, one file per call, into a tenant's state. A missing file changes nothing.</summary>
internal sealed class RecordedFolder(string folder, EmulatedState state)
{
    private const long MostBytes = 64 * 1024 * 1024;

    public void Load(EmulatedTenantBuilder tenant)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Expected a folder of recorded answers, found none at '{folder}'.");
        }

        One("graph/securityDefaults.json", ObjectKinds.SecurityDefaults, KnownIds.SecurityDefaults);
        One("graph/organization.json", ObjectKinds.Organization, "organization");
        One("exchange/Get-TransportConfig.json", ObjectKinds.TransportConfig, "Transport Settings");
        One("exchange/Get-OrganizationConfig.json", ObjectKinds.OrganizationConfig, DefaultObjects.InitialDomain);
        List("graph/conditionalAccessPolicies.json", ObjectKinds.ConditionalAccessPolicies, "id");
        List("graph/namedLocations.json", ObjectKinds.NamedLocations, "id");
        List("graph/subscribedSkus.json", ObjectKinds.SubscribedSkus, "id", "skuId");
        List("graph/domains.json", ObjectKinds.Domains, "id");
        var now = tenant.Clock.GetUtcNow();
        List("exchange/Get-AuthenticationPolicy.json", ObjectKinds.AuthenticationPolicies, ["Name"], name => DefaultObjects.AuthenticationPolicy(name, now), "Guid");
        List("exchange/Get-InboundConnector.json", ObjectKinds.InboundConnectors, ["Name"], name => DefaultObjects.InboundConnector(name, [], now), "Name");
        List(
            "exchange/Get-AcceptedDomain.json",
            ObjectKinds.AcceptedDomains,
            ["DomainName", "Name"],
            name => DefaultObjects.AcceptedDomain(name, DomainFederation.Managed, isDefault: false),
            "DomainName");
        List(
            "exchange/Get-ServicePrincipal.json",
            ObjectKinds.ExchangeServicePrincipals,
            ["ObjectId", "AppId"],
            id => DefaultObjects.ExchangeServicePrincipal(id, id, id),
            "ObjectId");
        List("exchange/Get-ManagementRoleAssignment.json", ObjectKinds.ManagementRoleAssignments, "Name", "Identity");
        if (state.Single(ObjectKinds.Organization).Text("id") is { } tenantId && Guid.TryParse(tenantId, out _))
        {
            tenant.TenantId(tenantId);
        }

        Users(tenant);
        Mailboxes(tenant);
        Permissions();
        Groups();
        foreach (var entry in Read("graph/signIns.json") ?? [])
        {
            tenant.RecordedSignIns.Add(entry);
        }
    }

    private static string? First(JsonObject item, params string[] members) =>
        members.Select(member => item.Text(member)).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private void Users(EmulatedTenantBuilder tenant)
    {
        foreach (var user in Read("graph/user.json") ?? [])
        {
            var name = First(user, "userPrincipalName", "mail") ?? throw Bad("graph/user.json", "a user with userPrincipalName");
            var id = First(user, "id") ?? StableGuid.From("user", name);
            tenant.WithUser(name, built => built.ObjectId(id));
            state.Change(ObjectKinds.Users, id, stored => Overlay(stored, user));
        }

        if (Read("graph/userAuthenticationRequirements.json") is [var requirements, ..] && state.All(ObjectKinds.Users) is [var only, ..])
        {
            state.Put(ObjectKinds.AuthenticationRequirements, only.Text("id")!, requirements);
        }
    }

    private void Mailboxes(EmulatedTenantBuilder tenant)
    {
        (string File, string Kind)[] sources =
        [
            ("exchange/Get-Mailbox.json", ObjectKinds.Mailboxes),
            ("exchange/Get-CASMailbox.json", ObjectKinds.CasMailboxes),
            ("exchange/Get-User.json", ObjectKinds.ExchangeUsers),
        ];
        foreach (var (file, kind) in sources)
        {
            foreach (var item in Read(file) ?? [])
            {
                var id = OwnerOf(item, tenant) ?? throw Bad(file, "objects with ExternalDirectoryObjectId, UserPrincipalName or PrimarySmtpAddress");
                if (!state.Change(kind, id, stored => Overlay(stored, item)))
                {
                    state.Put(kind, id, item);
                }
            }
        }
    }

    // A mailbox without a recorded user gets an ordinary one, so that somebody can sign in.
    private string? OwnerOf(JsonObject item, EmulatedTenantBuilder tenant)
    {
        var id = First(item, "ExternalDirectoryObjectId");
        var name = First(item, "UserPrincipalName", "PrimarySmtpAddress", "WindowsEmailAddress");
        var known = state.All(ObjectKinds.Users).FirstOrDefault(user => EmulatedState.Same(user.Text("id"), id)
            || EmulatedState.Same(user.Text("userPrincipalName"), name) || EmulatedState.Same(user.Text("mail"), name));
        if (known is not null)
        {
            return known.Text("id");
        }

        if (name is null || !name.Contains('@', StringComparison.Ordinal))
        {
            return state.All(ObjectKinds.Users) is [var only] && id is null ? only.Text("id") : null;
        }

        var created = id ?? StableGuid.From("user", name);
        tenant.WithUser(name, user => user.ObjectId(created));
        return created;
    }

    private void Permissions()
    {
        foreach (var (file, kind, member) in ((string, string, string)[])
        [
            ("exchange/Get-MailboxPermission.json", ObjectKinds.MailboxPermissions, "User"),
            ("exchange/Get-RecipientPermission.json", ObjectKinds.RecipientPermissions, "Trustee"),
        ])
        {
            foreach (var item in Read(file) ?? [])
            {
                var who = First(item, member) ?? throw Bad(file, $"objects with {member}");
                var identity = First(item, "Identity") ?? string.Empty;
                var mailbox = state.All(ObjectKinds.Mailboxes).FirstOrDefault(known =>
                    ((string[])["Identity", "Name", "PrimarySmtpAddress", "ExternalDirectoryObjectId", "DistinguishedName"])
                        .Any(name => EmulatedState.Same(known.Text(name), identity)))
                    ?? (state.All(ObjectKinds.Mailboxes) is [var only] ? only : null);
                if (mailbox is null || who.EndsWith("\\SELF", StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                item["#mailbox"] = mailbox.Text("PrimarySmtpAddress")?.ToLowerInvariant();
                state.Put(kind, $"{mailbox.Text("PrimarySmtpAddress")}|{who}".ToLowerInvariant(), item);
            }
        }
    }

    private void Groups()
    {
        var graph = Path.Combine(folder, "graph");
        foreach (var path in Directory.Exists(graph) ? Directory.EnumerateFiles(graph, "groupMembers-*.json") : [])
        {
            var id = Path.GetFileNameWithoutExtension(path)["groupMembers-".Length..];
            var group = DefaultObjects.Group(id, id);
            group["members"] = Json.Array((Read($"graph/{Path.GetFileName(path)}") ?? []).Select(member => member.Text("id")).OfType<string>());
            state.Put(ObjectKinds.Groups, id, group);
        }
    }

    private void One(string file, string kind, string id)
    {
        if (Read(file) is [var item, ..] && !state.Change(kind, id, stored => Overlay(stored, item)))
        {
            state.Put(kind, id, item);
        }
    }

    private void List(string file, string kind, params string[] ids) => List(file, kind, ids, _ => [], ids);

    /// <summary>Replaces all objects of a kind. What a recorded object leaves out comes from the template.</summary>
    private void List(string file, string kind, string[] names, Func<string, JsonObject> template, params string[] ids)
    {
        if (Read(file) is not { } items)
        {
            return;
        }

        foreach (var old in state.All(kind))
        {
            state.Remove(kind, First(old, ids) ?? string.Empty);
        }

        foreach (var item in items)
        {
            var stored = template(First(item, names) ?? throw Bad(file, $"objects with {string.Join(" or ", names)}"));
            Overlay(stored, item);
            state.Put(kind, First(stored, ids)!, stored);
        }
    }

    private static void Overlay(JsonObject stored, JsonObject item)
    {
        foreach (var (name, value) in item.Where(member => member.Key == "@odata.type" || !member.Key.Contains('@', StringComparison.Ordinal)))
        {
            stored[name] = value?.DeepClone();
        }
    }

    /// <summary>Reads a file as a list: an array, one object, or a page with <c>value</c>. Null when there is no file.</summary>
    private List<JsonObject>? Read(string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw Bad(file, $"at most {MostBytes} bytes");
        }

        return Json.TryParse(File.ReadAllText(path), out var node) ? node switch
        {
            JsonArray items => [.. items.OfType<JsonObject>()],
            JsonObject page when page["value"] is JsonArray items => [.. items.OfType<JsonObject>()],
            JsonObject single => [single],
            _ => throw Bad(file, "a JSON array, an object or a page"),
        }
        : throw Bad(file, "JSON without duplicate members");
    }

    private FormatException Bad(string file, string expected) => new($"Expected {expected} in '{Path.Combine(folder, file)}'. Record the answer again.");
}
