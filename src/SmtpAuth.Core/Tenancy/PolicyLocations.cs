using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Whether the client's address lies in the locations of a Conditional Access policy.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/conditionalaccesslocations">conditionalAccessLocations, as of 2026-11</seealso>
internal sealed class PolicyLocations(Derivation derivation)
{
    private const string Answer = AnswerNames.NamedLocations;

    public Truth Match(JsonElement locations)
    {
        var included = JsonMembers.Texts(JsonMembers.Find(locations, "includeLocations"));
        return included.Count == 0
            ? Truth.Open(AnswerNames.ConditionalAccessPolicies, "The policy has a location condition without included locations.")
            : Truth.Any(included.Select(Contains))
                .And(Truth.Any(JsonMembers.Texts(JsonMembers.Find(locations, "excludeLocations")).Select(Contains)).Not());
    }

    private static Truth Contains(JsonElement location, string? ipAddress)
    {
        if (Part(location, "ipRanges") is { ValueKind: JsonValueKind.Array } list)
        {
            return AddressRange.Contains([.. list.EnumerateArray().Select(Range)], ipAddress, Answer);
        }

        return Part(location, "countriesAndRegions") is not null
            ? Truth.Open("signIn.errorCode", "The policy depends on the country that the address belongs to.")
            : Truth.Open(Answer, "A named location was recorded without its address ranges.");
    }

    private static string? Range(JsonElement range) => JsonMembers.Text(JsonMembers.Find(range, "cidrAddress"))
        ?? (JsonMembers.Text(JsonMembers.Find(range, "lowerAddress")) is { } lower
            && JsonMembers.Text(JsonMembers.Find(range, "upperAddress")) is { } upper ? $"{lower}-{upper}" : null);

    // The Graph PowerShell module keeps what is special about a kind of location one level deeper.
    private static JsonElement? Part(JsonElement location, string name) => JsonMembers.Find(location, name)
        ?? (JsonMembers.Find(location, "additionalProperties") is { } further ? JsonMembers.Find(further, name) : null);

    private Truth Contains(string? location)
    {
        if (string.Equals(location, "All", StringComparison.OrdinalIgnoreCase))
        {
            return Truth.Yes;
        }

        var content = derivation.Content(Answer);
        if (content.Failure is { } failure)
        {
            return Truth.Open(Answer, failure);
        }

        var missing = content.Incomplete is { } gap ? Truth.Open(Answer, gap) : Truth.No;
        if (string.Equals(location, "AllTrusted", StringComparison.OrdinalIgnoreCase))
        {
            return Truth.Any(content.Objects.Select(IsTrustedAndContains)).Or(missing);
        }

        var named = content.Objects.FirstOrDefault(found =>
            string.Equals(JsonMembers.Text(JsonMembers.Find(found, "id")), location, StringComparison.OrdinalIgnoreCase));
        return named.ValueKind == JsonValueKind.Object
            ? Contains(named, derivation.Submission.IpAddress)
            : Truth.Open(Answer, $"The location {JsonMembers.OneLine(location ?? "null")} is not among the named locations. {content.Incomplete}".TrimEnd());
    }

    private Truth IsTrustedAndContains(JsonElement location) => JsonMembers.Bool(Part(location, "isTrusted")) switch
    {
        true => Contains(location, derivation.Submission.IpAddress),
        false => Truth.No,
        null when Part(location, "countriesAndRegions") is not null => Truth.No,
        null => Truth.Open(Answer, "A named location was recorded without isTrusted."),
    };
}
