using System.Text.Json.Nodes;
using SmtpAuth.Testing.Entra;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>What the Graph routes work on.</summary>
internal sealed record GraphContext(
    EmulatedState State, EmulatedBehavior Behavior, SignInLog SignIns, ConditionalAccessEngine ConditionalAccess, TimeProvider TimeProvider)
{
    public const string Source = "graph";

    public IReadOnlyList<JsonObject> All(string kind) => State.AsSeen(kind, Behavior.StaleGraphReads);

    public JsonObject? Find(string kind, string id) => All(kind).FirstOrDefault(item => EmulatedState.Same(item.Text("id"), id));

    public JsonObject? FindUser(string identity) => All(ObjectKinds.Users).FirstOrDefault(user =>
        EmulatedState.Same(user.Text("id"), identity) || EmulatedState.Same(user.Text("userPrincipalName"), identity));

    /// <summary>Tells whether a subscription brings Entra ID P1 or P2.</summary>
    public bool HasPremium => All(ObjectKinds.SubscribedSkus).Any(sku =>
        sku.Text("capabilityStatus") is "Enabled" or "Warning"
        && sku["prepaidUnits"]?["enabled"] is JsonValue enabled && enabled.TryGetValue<int>(out var units) && units > 0
        && sku["servicePlans"] is JsonArray plans && plans.Any(plan =>
            plan.Text("servicePlanId") is KnownIds.EntraPremium or KnownIds.EntraPremium2
            && plan.Text("provisioningStatus") == "Success"));
}
