using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What Entra says about the whole tenant, Conditional Access apart.</summary>
internal static class TenantFacts
{
    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        yield return derivation.FirstKnown(
            "tenant.id",
            (AnswerNames.Organization, derivation.OfOnly(AnswerNames.Organization, only => Id(PropertyReading.Text("id")(only)))),
            (AnswerNames.SubscribedSkus, AccountId(derivation.Content(AnswerNames.SubscribedSkus))));
        yield return derivation.Fact(
            "tenant.createdAt", AnswerNames.Organization, derivation.OfOnly(AnswerNames.Organization, PropertyReading.Time("createdDateTime")));
        yield return derivation.Fact(
            "tenant.securityDefaults.enabled",
            AnswerNames.SecurityDefaults,
            derivation.OfOnly(AnswerNames.SecurityDefaults, PropertyReading.Bool("isEnabled")));
        yield return derivation.Fact("tenant.hasEntraIdP1", AnswerNames.SubscribedSkus, HasEntraPremium(derivation.Content(AnswerNames.SubscribedSkus)));
        yield return Fact.Unknown(
            "tenant.basicAuthReenabled",
            "As of 2026-11 Microsoft has not published how a tenant re-enables Basic authentication, nor where that could be read.",
            "Microsoft 365");
    }

    private static Reading<object?> Id(Reading<string> reading) => reading.Then(text => Reading<object?>.Of(text.ToLowerInvariant()));

    private static Reading<object?> AccountId(AnswerContent skus)
    {
        if (skus.Failure is { } failure)
        {
            return Reading<object?>.Unknown(failure);
        }

        var ids = skus.Objects.Select(sku => JsonMembers.Text(JsonMembers.Find(sku, "accountId"))).OfType<string>()
            .Select(id => id.ToLowerInvariant()).Distinct().ToList();
        return ids.Count == 1 ? Reading<object?>.Of(ids[0]) : Reading<object?>.Unknown("The subscriptions do not name one tenant.");
    }

    private static Reading<object?> HasEntraPremium(AnswerContent skus)
    {
        if (skus.Failure is { } failure)
        {
            return Reading<object?>.Unknown(failure);
        }

        var doubt = skus.Incomplete;
        foreach (var sku in skus.Objects)
        {
            if (!ServicePlans.IsUsable(JsonMembers.Text(JsonMembers.Find(sku, "capabilityStatus"))) || Units(sku) == 0)
            {
                continue;
            }

            if (JsonMembers.Find(sku, "servicePlans") is not { } plans || JsonMembers.Unwrap(plans) is not { ValueKind: JsonValueKind.Array } list)
            {
                doubt ??= "A subscription was recorded without its servicePlans.";
            }
            else if (list.EnumerateArray().Any(IsPremium))
            {
                return Reading<object?>.Of(true);
            }
        }

        return doubt is null ? Reading<object?>.Of(false) : Reading<object?>.Unknown(doubt);
    }

    // A subscription in its grace period counts its units as "warning".
    private static long Units(JsonElement sku) => JsonMembers.Find(sku, "prepaidUnits") is { } units
        ? Math.Max(JsonMembers.Integer(JsonMembers.Find(units, "enabled")) ?? 0, JsonMembers.Integer(JsonMembers.Find(units, "warning")) ?? 0)
        : 1;

    private static bool IsPremium(JsonElement plan) =>
        ServicePlans.IsEntraPremium(JsonMembers.Text(JsonMembers.Find(plan, "servicePlanId")))
        && JsonMembers.Text(JsonMembers.Find(plan, "provisioningStatus")) is null or "Success" or "PendingProvisioning";
}
