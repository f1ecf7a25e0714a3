using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>The organization's settings, authentication policies, connectors and domains.</summary>
internal static class OrganizationCmdlets
{
    private static readonly string[] TransportSettings = ["SmtpClientAuthenticationDisabled", "AllowLegacyTLSClients"];

    private static readonly string[] OrganizationSettings = ["RejectDirectSend", "SendFromAliasEnabled", "OAuth2ClientProfileEnabled"];

    private static readonly string[] ConnectorFlags =
    [
        "Enabled", "RequireTls", "RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate", "CloudServicesMailEnabled",
        "TreatMessagesAsInternal",
    ];

    private static readonly string[] ConnectorLists = ["SenderDomains", "SenderIPAddresses", "AssociatedAcceptedDomains"];

    private static readonly string[] ConnectorTexts = ["ConnectorType", "ConnectorSource", "TlsSenderCertificateName"];

    private static readonly string[] ConnectorParameters =
        ["Identity", "Name", "Comment", .. ConnectorFlags, .. ConnectorLists, .. ConnectorTexts];

    public static IEnumerable<Cmdlet> All(ExchangeDirectory directory) =>
    [
        new("Get-TransportConfig", [], _ => new CmdletResult(directory.Read(ObjectKinds.TransportConfig, null), [])),
        new("Set-TransportConfig", TransportSettings, call => SetTransportConfig(directory, call)),
        new("Get-OrganizationConfig", [], _ => new CmdletResult(directory.Read(ObjectKinds.OrganizationConfig, null), [])),
        new(
            "Set-OrganizationConfig",
            ["DefaultAuthenticationPolicy", .. OrganizationSettings],
            call => SetOrganizationConfig(directory, call)),
        new("Enable-OrganizationCustomization", [], call => directory.Change(
            call,
            ObjectKinds.OrganizationConfig,
            DefaultObjects.InitialDomain,
            DefaultObjects.InitialDomain,
            config => config["IsDehydrated"] = false)),
        new("Get-AcceptedDomain", ["Identity"], call => new CmdletResult(directory.Read(ObjectKinds.AcceptedDomains, call.Text("Identity")), [])),
        new(
            "Get-AuthenticationPolicy",
            ["Identity"],
            call => new CmdletResult(directory.Read(ObjectKinds.AuthenticationPolicies, call.Text("Identity")), [])),
        new("New-AuthenticationPolicy", ["Name", .. DefaultObjects.BasicSwitches], call => NewAuthenticationPolicy(directory, call)),
        new("Set-AuthenticationPolicy", ["Identity", .. DefaultObjects.BasicSwitches], call => SetAuthenticationPolicy(directory, call)),
        new("Remove-AuthenticationPolicy", ["Identity"], call => RemoveAuthenticationPolicy(directory, call)),
        new(
            "Get-InboundConnector",
            ["Identity"],
            call => new CmdletResult(directory.Read(ObjectKinds.InboundConnectors, call.Text("Identity")), [])),
        new("New-InboundConnector", ConnectorParameters, call => NewInboundConnector(directory, call)),
        new("Set-InboundConnector", ConnectorParameters, call => SetInboundConnector(directory, call)),
        new("Remove-InboundConnector", ["Identity"], call => directory.Remove(
            call, ObjectKinds.InboundConnectors, directory.One(ObjectKinds.InboundConnectors, call.Mandatory("Identity")).Text("Name")!)),
    ];

    private static CmdletResult SetTransportConfig(ExchangeDirectory directory, CmdletCall call)
    {
        var values = TransportSettings.Where(call.Has).ToDictionary(setting => setting, call.Flag);
        return directory.Change(
            call,
            ObjectKinds.TransportConfig,
            "Transport Settings",
            $"{DefaultObjects.InitialDomain}\\Transport Settings",
            config => Set(config, values));
    }

    private static CmdletResult SetOrganizationConfig(ExchangeDirectory directory, CmdletCall call)
    {
        var values = OrganizationSettings.Where(call.Has).ToDictionary(setting => setting, call.Flag);
        var policy = call.Text("DefaultAuthenticationPolicy") is { } name
            ? directory.One(ObjectKinds.AuthenticationPolicies, name).Text("Name")
            : null;
        return directory.Change(
            call,
            ObjectKinds.OrganizationConfig,
            DefaultObjects.InitialDomain,
            DefaultObjects.InitialDomain,
            config =>
            {
                Set(config, values);
                if (call.Has("DefaultAuthenticationPolicy"))
                {
                    config["DefaultAuthenticationPolicy"] = policy;
                }
            });
    }

    private static void Set(JsonObject stored, Dictionary<string, bool?> values)
    {
        foreach (var (name, value) in values)
        {
            stored[name] = value;
        }
    }

    private static CmdletResult NewAuthenticationPolicy(ExchangeDirectory directory, CmdletCall call)
    {
        directory.NeedCustomization();
        var name = call.Mandatory("Name");
        if (directory.State.All(ObjectKinds.AuthenticationPolicies).Any(policy => EmulatedState.Same(policy.Text("Name"), name)))
        {
            throw CmdletFailure.Exists(name);
        }

        var created = DefaultObjects.AuthenticationPolicy(name, call.Now);
        SetSwitches(created, call);
        return directory.Create(call, ObjectKinds.AuthenticationPolicies, created.Text("Guid")!, created);
    }

    private static CmdletResult SetAuthenticationPolicy(ExchangeDirectory directory, CmdletCall call)
    {
        var policy = directory.One(ObjectKinds.AuthenticationPolicies, call.Mandatory("Identity"));
        return directory.Change(
            call, ObjectKinds.AuthenticationPolicies, policy.Text("Guid")!, policy.Text("Name")!, stored => SetSwitches(stored, call));
    }

    private static void SetSwitches(JsonObject policy, CmdletCall call)
    {
        foreach (var name in DefaultObjects.BasicSwitches.Where(call.Has))
        {
            policy[name] = call.Flag(name) ?? false;
        }
    }

    private static CmdletResult RemoveAuthenticationPolicy(ExchangeDirectory directory, CmdletCall call)
    {
        var policy = directory.One(ObjectKinds.AuthenticationPolicies, call.Mandatory("Identity"));
        if (Names(directory.State.DefaultAuthenticationPolicy, policy))
        {
            throw CmdletFailure.Invalid(
                $"The authentication policy '{policy.Text("Name")}' can't be removed because it is the default policy of the organization.");
        }

        return directory.Remove(call, ObjectKinds.AuthenticationPolicies, policy.Text("Guid")!);
    }

    private static bool Names(string? reference, JsonObject policy) => reference is not null
        && (EmulatedState.Same(reference, policy.Text("Name"))
            || EmulatedState.Same(reference, policy.Text("Guid"))
            || EmulatedState.Same(reference, policy.Text("DistinguishedName")));

    private static CmdletResult NewInboundConnector(ExchangeDirectory directory, CmdletCall call)
    {
        directory.NeedCustomization();
        var name = call.Mandatory("Name");
        if (directory.State.Find(ObjectKinds.InboundConnectors, name) is not null)
        {
            throw CmdletFailure.Exists(name);
        }

        if (call.Texts("SenderDomains").Count == 0)
        {
            throw CmdletFailure.Missing("SenderDomains");
        }

        var created = DefaultObjects.InboundConnector(name, [], call.Now);
        created["ConnectorType"] = "Partner";
        SetConnector(created, call);
        return directory.Create(call, ObjectKinds.InboundConnectors, name, created);
    }

    private static CmdletResult SetInboundConnector(ExchangeDirectory directory, CmdletCall call)
    {
        var connector = directory.One(ObjectKinds.InboundConnectors, call.Mandatory("Identity"));
        return directory.Change(
            call,
            ObjectKinds.InboundConnectors,
            connector.Text("Name")!,
            connector.Text("Name")!,
            stored => SetConnector(stored, call));
    }

    private static void SetConnector(JsonObject connector, CmdletCall call)
    {
        foreach (var name in ConnectorFlags.Where(call.Has))
        {
            connector[name] = call.Flag(name) ?? false;
        }

        foreach (var name in ConnectorTexts.Where(call.Has))
        {
            connector[name] = call.Text(name);
        }

        foreach (var name in ConnectorLists.Where(call.Has))
        {
            connector[name] = name == "SenderDomains"
                ? Json.Array(call.List(name, connector.Texts(name)).Select(Json.AsText).OfType<string>().Select(AddressSpace))
                : call.List(name, connector.Texts(name));
        }
    }

    private static string AddressSpace(string domain) =>
        domain.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase) ? domain : $"smtp:{domain};1";
}
