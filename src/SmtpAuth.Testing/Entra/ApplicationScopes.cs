using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Entra;

/// <summary>Which mailboxes a role assignment of an application covers: all, or the members of the group its scope names.</summary>
internal sealed class ApplicationScopes(EmulatedState state, ConditionalAccessEngine directory)
{
    public bool Covers(JsonObject assignment, string mailboxId)
    {
        if (assignment.Text("CustomResourceScope") is not { } name)
        {
            return true;
        }

        // MemberOfGroup -eq 'CN=SMTP senders,OU=…'
        var filter = state.Find(ObjectKinds.ManagementScopes, name).Text("RecipientFilter") ?? string.Empty;
        var start = filter.IndexOf("CN=", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return false;
        }

        var group = filter[(start + 3)..].Split(',', '\'')[0];
        return state.All(ObjectKinds.Groups).Any(known =>
            EmulatedState.Same(known.Text("displayName"), group) && directory.GroupsOf(mailboxId).Contains(known.Text("id")!));
    }
}
