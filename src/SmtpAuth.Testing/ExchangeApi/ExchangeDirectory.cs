using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>How cmdlets find and change objects.</summary>
internal sealed class ExchangeDirectory(EmulatedState state, EmulatedBehavior behavior)
{
    private const string Source = "exchange";

    private static readonly string[] Identities =
    [
        "ExternalDirectoryObjectId", "Guid", "PrimarySmtpAddress", "UserPrincipalName", "Identity", "Name", "DistinguishedName",
        "ObjectId", "AppId", "DomainName",
    ];

    public EmulatedState State => state;

    /// <summary>Returns what a Get- cmdlet prints: all objects, or those of one identity.</summary>
    public IReadOnlyList<JsonObject> Read(string kind, string? identity)
    {
        var all = state.AsSeen(kind, behavior.StaleExchangeReads);
        if (identity is null)
        {
            return all;
        }

        var found = Matching(all, identity);
        return found.Count > 0 ? found : throw CmdletFailure.NotFound(identity);
    }

    /// <summary>Returns the one object that a Set- or Remove- cmdlet works on, as it is now.</summary>
    public JsonObject One(string kind, string identity) => Matching(state.All(kind), identity) switch
    {
        [var only] => only,
        [] => throw CmdletFailure.NotFound(identity),
        _ => throw CmdletFailure.Ambiguous(identity),
    };

    /// <summary>Finds a mailbox, mail user or user, for cmdlets that take any of them.</summary>
    public JsonObject Recipient(string identity) =>
        Matching(state.All(ObjectKinds.Mailboxes), identity).FirstOrDefault()
        ?? Matching(state.All(ObjectKinds.MailUsers), identity).FirstOrDefault()
        ?? throw CmdletFailure.NotFound(identity);

    /// <summary>Changes an object and warns, as Exchange does, when nothing was different.</summary>
    public CmdletResult Change(CmdletCall call, string kind, string id, string shownAs, Action<JsonObject> change)
    {
        var before = state.Find(kind, id);
        if (before is null)
        {
            throw CmdletFailure.NotFound(shownAs);
        }

        var after = before.Copy();
        change(after);
        if (JsonNode.DeepEquals(before, after))
        {
            return CmdletResult.Warning($"The command completed successfully but no settings of '{shownAs}' have been modified.");
        }

        if (!call.IsWhatIf)
        {
            if (after.ContainsKey("WhenChangedUTC"))
            {
                after["WhenChangedUTC"] = Times.Seconds(call.Now);
            }

            state.Put(kind, id, after, Source);
        }

        return CmdletResult.Nothing;
    }

    public CmdletResult Create(CmdletCall call, string kind, string id, JsonObject created)
    {
        if (!call.IsWhatIf)
        {
            state.Put(kind, id, created, Source);
        }

        return CmdletResult.Of(created);
    }

    public CmdletResult Remove(CmdletCall call, string kind, string id)
    {
        if (!call.IsWhatIf)
        {
            state.Remove(kind, id, Source);
        }

        return CmdletResult.Nothing;
    }

    public void NeedCustomization()
    {
        if (state.Single(ObjectKinds.OrganizationConfig).Flag("IsDehydrated") == true)
        {
            throw CmdletFailure.Dehydrated();
        }
    }

    private static List<JsonObject> Matching(IReadOnlyList<JsonObject> all, string identity)
    {
        var exact = all.Where(item => Identities.Any(member => EmulatedState.Same(item.Text(member), identity))
            || item.Texts("EmailAddresses").Any(address => EmulatedState.Same(AfterColon(address), identity))).ToList();
        return exact.Count > 0 ? exact : [.. all.Where(item => EmulatedState.Same(item.Text("DisplayName"), identity))];
    }

    private static string AfterColon(string address) => address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
