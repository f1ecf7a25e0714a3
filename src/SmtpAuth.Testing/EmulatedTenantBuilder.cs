using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Faults;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Builds an emulated tenant. As it starts: Contoso, created in 2019, SMTP AUTH off for the organization, security
/// defaults off, no policies, one licensed subscription with Entra ID P1, no users.</summary>
public sealed class EmulatedTenantBuilder
{
    /// <summary>The tenant id unless <see cref="TenantId"/> is called.</summary>
    public const string DefaultTenantId = "6f1c2b9e-3d47-4a58-9b0c-5e2d7f8a1c34";

    private readonly List<ConditionalAccessPolicyBuilder> _policies = [];
    private bool _premium = true;

    internal EmulatedTenantBuilder(TimeProvider timeProvider)
    {
        Clock = timeProvider;
        State = new EmulatedState(timeProvider);
        DefaultObjects.AddTo(State);
        AddDomainOf("admin@contoso.example");
    }

    /// <summary>Gets how the services behave beside their settings.</summary>
    public EmulatedBehavior Behavior { get; } = new();

    internal EmulatedState State { get; }

    internal TimeProvider Clock { get; }

    internal string Tenant { get; private set; } = DefaultTenantId;

    internal List<Fault> FaultList { get; } = [];

    internal List<JsonObject> RecordedSignIns { get; } = [];

    internal int FaultSeed { get; private set; }

    internal (int Authority, int Graph, int Exchange, int Smtp) PortNumbers { get; private set; }

    internal string AdminSecret { get; private set; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Sets the tenant id.</summary>
    /// <param name="tenantId">A GUID.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="tenantId"/> is not a GUID.</exception>
    public EmulatedTenantBuilder TenantId(string tenantId)
    {
        Tenant = Guid.TryParse(tenantId, out var id)
            ? id.ToString("D")
            : throw new ArgumentException($"Expected a GUID as tenant id, found '{tenantId}'.", nameof(tenantId));
        return this;
    }

    /// <summary>Adds a user, with a mailbox unless told otherwise. Its domain is added to the tenant.</summary>
    /// <param name="userPrincipalName">The user principal name, which is the primary address too unless told otherwise.</param>
    /// <param name="configure">Changes the user; may be left out.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="userPrincipalName"/> has no domain.</exception>
    public EmulatedTenantBuilder WithUser(string userPrincipalName, Action<EmulatedUserBuilder>? configure = null)
    {
        if (userPrincipalName.IndexOf('@', StringComparison.Ordinal) is not > 0)
        {
            throw new ArgumentException($"Expected user@domain, found '{userPrincipalName}'.", nameof(userPrincipalName));
        }

        var user = new EmulatedUserBuilder(userPrincipalName);
        configure?.Invoke(user);
        user.AddTo(this);
        return this;
    }

    /// <summary>Sets the organization's switch that turns SMTP AUTH off.</summary>
    /// <param name="disabled">The default is <see langword="true"/>, as in organizations created since 2020.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder OrganizationSmtpAuthDisabled(bool? disabled)
    {
        State.OrganizationSmtpAuthDisabled = disabled;
        return this;
    }

    /// <summary>Turns security defaults on or off. The emulator accepts them beside Conditional Access policies here, so that
    /// odd tenants can be built; over Graph it refuses that.</summary>
    /// <param name="enabled">The default is <see langword="false"/>.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder SecurityDefaults(bool enabled)
    {
        State.SecurityDefaults = enabled;
        return this;
    }

    /// <summary>Adds a Conditional Access policy.</summary>
    /// <param name="configure">Describes it.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder ConditionalAccessPolicy(Action<ConditionalAccessPolicyBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var policy = new ConditionalAccessPolicyBuilder();
        configure(policy);
        _policies.Add(policy);
        return this;
    }

    /// <summary>Adds a named location of address ranges.</summary>
    /// <param name="displayName">Its name; the id is derived from it.</param>
    /// <param name="trusted">Whether it is marked as trusted.</param>
    /// <param name="ranges">Ranges such as <c>203.0.113.0/24</c>.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder NamedLocation(string displayName, bool trusted, params IReadOnlyList<string> ranges)
    {
        State.Put(
            ObjectKinds.NamedLocations,
            StableGuid.From("location", displayName),
            DefaultObjects.NamedLocation(displayName, trusted, ranges, Clock.GetUtcNow()));
        return this;
    }

    /// <summary>Adds an Exchange authentication policy that blocks Basic authentication but for what is said here.</summary>
    /// <param name="name">The policy's name.</param>
    /// <param name="allowBasicAuthSmtp">Whether SMTP AUTH may use Basic authentication.</param>
    /// <param name="organizationDefault">Whether it becomes the organization's default policy.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder AuthenticationPolicy(string name, bool allowBasicAuthSmtp, bool organizationDefault = false)
    {
        var policy = DefaultObjects.AuthenticationPolicy(name, Clock.GetUtcNow());
        policy["AllowBasicAuthSmtp"] = allowBasicAuthSmtp;
        State.Put(ObjectKinds.AuthenticationPolicies, policy.Text("Guid")!, policy);
        if (organizationDefault)
        {
            State.DefaultAuthenticationPolicy = name;
        }

        return this;
    }

    /// <summary>Adds a domain.</summary>
    /// <param name="name">The domain.</param>
    /// <param name="federation">How sign-ins of its users are handled.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Domain(string name, DomainFederation federation = DomainFederation.Managed)
    {
        State.Put(ObjectKinds.Domains, name, DefaultObjects.Domain(name, federation, isDefault: false));
        State.Put(ObjectKinds.AcceptedDomains, name, DefaultObjects.AcceptedDomain(name, federation, isDefault: false));
        return this;
    }

    /// <summary>Adds an empty group, or leaves the one of that name as it is.</summary>
    /// <param name="name">The group's name; the id is derived from it.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Group(string name)
    {
        AddToGroup(name, null);
        return this;
    }

    /// <summary>Takes Entra ID P1 away: no sign-in logs over Graph, no Conditional Access writes.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder WithoutEntraPremium()
    {
        _premium = false;
        return this;
    }

    /// <summary>Adds an app registration with its enterprise application.</summary>
    /// <param name="appId">The application (client) id, a GUID.</param>
    /// <param name="configure">Describes it; may be left out.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Application(string appId, Action<EmulatedApplicationBuilder>? configure = null)
    {
        var application = new EmulatedApplicationBuilder(appId);
        configure?.Invoke(application);
        application.AddTo(this);
        return this;
    }

    /// <summary>Adds an inbound connector of the type that relays for the organization's own devices.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="senderIPAddresses">The addresses it accepts.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder InboundConnector(string name, params IReadOnlyList<string> senderIPAddresses)
    {
        var connector = DefaultObjects.InboundConnector(name, senderIPAddresses, Clock.GetUtcNow());
        State.Put(ObjectKinds.InboundConnectors, name, connector);
        return this;
    }

    /// <summary>Makes the organization one whose <c>New-</c> cmdlets first need <c>Enable-OrganizationCustomization</c>.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Dehydrated()
    {
        State.ChangeSingle(ObjectKinds.OrganizationConfig, config => config["IsDehydrated"] = true);
        return this;
    }

    /// <summary>Refuses Basic authentication with 550 5.7.30.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder BasicAuthenticationRetired() => BasicAuthenticationRetiredFrom(DateTimeOffset.MinValue);

    /// <summary>Refuses Basic authentication with 550 5.7.30 from a moment on.</summary>
    /// <param name="from">The moment.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder BasicAuthenticationRetiredFrom(DateTimeOffset from)
    {
        Behavior.BasicAuthenticationRetiredFrom = from;
        return this;
    }

    /// <summary>Sets the delays between a change and its effect on submissions.</summary>
    /// <param name="configure">Sets them.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Delays(Action<PropagationDelays> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Behavior.Delays);
        return this;
    }

    /// <summary>Changes how the services behave.</summary>
    /// <param name="configure">Changes it.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Behave(Action<EmulatedBehavior> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Behavior);
        return this;
    }

    /// <summary>Adds a fault that some requests or submissions will meet.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder WithFault(Fault fault)
    {
        FaultList.Add(fault);
        return this;
    }

    /// <summary>Sets the seed that decides which requests meet a fault that has a <see cref="Fault.Probability"/> below 1.</summary>
    /// <param name="seed">Any number; the default is 0.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Seed(int seed)
    {
        FaultSeed = seed;
        return this;
    }

    /// <summary>Takes objects from a folder of recorded answers, one file per call: <c>graph/user.json</c>,
    /// <c>exchange/Get-CASMailbox.json</c> and so on. What has no file stays as it is; a mailbox without a recorded user gets an
    /// ordinary one. Passwords are not recorded: see <see cref="Password"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FormatException">A file does not hold what its name says.</exception>
    public EmulatedTenantBuilder FromFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        new RecordedFolder(folder, State).Load(this);
        return this;
    }

    /// <summary>Sets the password of a user that is already there.</summary>
    /// <param name="userPrincipalName">The user.</param>
    /// <param name="password">The password.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public EmulatedTenantBuilder Password(string userPrincipalName, string password)
    {
        State.User(userPrincipalName).SetPassword(password);
        return this;
    }

    /// <summary>Sets fixed ports on the loopback address.</summary>
    /// <param name="authority">The token endpoint's port; 0, the default of each, means any free one.</param>
    /// <param name="graph">Microsoft Graph's port.</param>
    /// <param name="exchange">The Exchange administration's port.</param>
    /// <param name="smtp">The submission port.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder Ports(int authority = 0, int graph = 0, int exchange = 0, int smtp = 0)
    {
        PortNumbers = (authority, graph, exchange, smtp);
        return this;
    }

    /// <summary>Sets the client secret of the administrating application, <see cref="EmulatedTenant.AdminApplicationId"/>.</summary>
    /// <param name="secret">The secret. Without this call it is random.</param>
    /// <returns>The same builder.</returns>
    public EmulatedTenantBuilder AdminClientSecret(string secret)
    {
        AdminSecret = secret;
        return this;
    }

    internal void AddDomainOf(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
        if (State.Find(ObjectKinds.Domains, domain) is null)
        {
            var first = State.All(ObjectKinds.Domains).All(known => known.Flag("isDefault") != true);
            State.Put(ObjectKinds.Domains, domain, DefaultObjects.Domain(domain, DomainFederation.Managed, first));
            State.Put(ObjectKinds.AcceptedDomains, domain, DefaultObjects.AcceptedDomain(domain, DomainFederation.Managed, first));
        }
    }

    internal void AddToGroup(string name, string? memberId)
    {
        var id = Guid.TryParse(name, out _) ? name : StableGuid.From("group", name);
        var group = State.Find(ObjectKinds.Groups, id) ?? DefaultObjects.Group(id, name);
        if (memberId is not null)
        {
            group["members"] = Json.Array(group.Texts("members").Append(memberId));
        }

        State.Put(ObjectKinds.Groups, id, group);
    }

    internal void AssignRole(string principalId, string roleId)
    {
        var id = StableGuid.From("role", principalId + roleId);
        State.Put(ObjectKinds.RoleAssignments, id, DefaultObjects.RoleAssignment(id, principalId, roleId));
    }

    internal void GrantSendAs(string trustee, string mailbox)
    {
        var permission = DefaultObjects.RecipientPermission(mailbox, trustee);
        State.Put(ObjectKinds.RecipientPermissions, $"{mailbox}|{trustee}".ToLowerInvariant(), permission);
    }

    internal void GrantFullAccess(string user, string mailbox)
    {
        var permission = DefaultObjects.MailboxPermission(mailbox, user);
        State.Put(ObjectKinds.MailboxPermissions, $"{mailbox}|{user}".ToLowerInvariant(), permission);
    }

    /// <summary>Resolves what was given by name and closes the books: from here on, changes are recorded.</summary>
    internal EmulatedState Build()
    {
        State.ChangeSingle(ObjectKinds.Organization, organization => organization["id"] = Tenant);
        foreach (var policy in _policies.Select(policy => policy.Build(Clock.GetUtcNow())))
        {
            var users = (JsonObject)policy["conditions"]!["users"]!;
            foreach (var member in (string[])["includeUsers", "excludeUsers"])
            {
                users[member] = Json.Array(users.Texts(member).Select(UserId));
            }

            foreach (var member in (string[])["includeGroups", "excludeGroups"])
            {
                users[member] = Json.Array(users.Texts(member).Select(GroupId));
            }

            if (policy["conditions"]!["locations"] is JsonObject locations)
            {
                locations["includeLocations"] = Json.Array(locations.Texts("includeLocations").Select(LocationId));
                locations["excludeLocations"] = Json.Array(locations.Texts("excludeLocations").Select(LocationId));
            }

            State.Put(ObjectKinds.ConditionalAccessPolicies, policy.Text("id")!, policy);
        }

        if (State.All(ObjectKinds.SubscribedSkus).Count == 0)
        {
            DefaultObjects.AddSubscriptions(State, Tenant, _premium);
        }

        DefaultObjects.DescribeDomains(State);
        Application(EmulatedTenant.AdminApplicationId, admin => admin.DisplayName("SmtpAuth").Administrator().ClientSecret(AdminSecret));
        State.StartRecording();
        return State;
    }

    private string UserId(string user) => user.Contains('@', StringComparison.Ordinal)
        ? State.All(ObjectKinds.Users).FirstOrDefault(known => EmulatedState.Same(known.Text("userPrincipalName"), user)).Text("id")
            ?? throw new ArgumentException($"A Conditional Access policy names the user '{user}', which the tenant does not have.")
        : user;

    private string GroupId(string group)
    {
        if (Guid.TryParse(group, out _))
        {
            return group;
        }

        AddToGroup(group, null);
        return StableGuid.From("group", group);
    }

    private string LocationId(string location) => location is "All" or "AllTrusted" || Guid.TryParse(location, out _)
        ? location
        : StableGuid.From("location", location);
}
