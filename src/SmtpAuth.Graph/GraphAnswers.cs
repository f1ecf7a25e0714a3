using System.Globalization;
using Microsoft.Kiota.Abstractions;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Graph;

/// <summary>How each answer is asked for, and which permission that takes.</summary>
/// <seealso href="https://learn.microsoft.com/graph/permissions-reference"/>
internal static class GraphAnswers
{
    private const string GroupMembersPrefix = "graph/groupMembers-";

    /// <summary>The properties of a user; those not asked for would come back as if they were null.</summary>
    public static readonly string[] UserProperties =
    [
        "id", "userPrincipalName", "displayName", "mail", "accountEnabled", "userType", "onPremisesSyncEnabled", "onPremisesImmutableId",
        "passwordPolicies", "lastPasswordChangeDateTime", "createdDateTime", "usageLocation", "proxyAddresses", "assignedLicenses", "assignedPlans",
    ];

    public static bool IsKnown(string answer) => answer is AnswerNames.SecurityDefaults or AnswerNames.ConditionalAccessPolicies
        or AnswerNames.NamedLocations or AnswerNames.SubscribedSkus or AnswerNames.Domains or AnswerNames.Organization
        || IsAboutUser(answer) || GroupId(answer) is not null;

    public static bool IsAboutUser(string answer) => answer is AnswerNames.User or AnswerNames.UserAuthenticationRequirements
        or AnswerNames.SignIns or AnswerNames.UserMemberOf;

    public static bool IsConditionalAccess(string answer) => answer is AnswerNames.ConditionalAccessPolicies or AnswerNames.NamedLocations;

    /// <summary>Tells whether the answer is a list, of which all pages are read.</summary>
    public static bool HasPages(string answer) =>
        answer is not (AnswerNames.SecurityDefaults or AnswerNames.User or AnswerNames.UserAuthenticationRequirements or AnswerNames.SignIns);

    /// <summary>Tells whether version 1.0 has the answer, so that it can travel in a batch.</summary>
    public static bool IsInVersionOne(string answer) => answer != AnswerNames.UserAuthenticationRequirements;

    public static string? GroupId(string answer) =>
        answer.StartsWith(GroupMembersPrefix, StringComparison.Ordinal) && Guid.TryParse(answer.Remove(0, GroupMembersPrefix.Length), out var id)
            ? id.ToString("D")
            : null;

    /// <summary>Makes the request for an answer.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="user">The user, by id or user principal name.</param>
    /// <param name="principalName">The user principal name, for the sign-in log.</param>
    public static RequestInformation Request(GraphConnection connection, string answer, string user, string principalName)
    {
        var graph = connection.Client;
        return answer switch
        {
            AnswerNames.SecurityDefaults => graph.Policies.IdentitySecurityDefaultsEnforcementPolicy.ToGetRequestInformation(),
            AnswerNames.ConditionalAccessPolicies => graph.Identity.ConditionalAccess.Policies.ToGetRequestInformation(),
            AnswerNames.NamedLocations => graph.Identity.ConditionalAccess.NamedLocations.ToGetRequestInformation(),
            AnswerNames.SubscribedSkus => graph.SubscribedSkus.ToGetRequestInformation(),
            AnswerNames.Domains => graph.Domains.ToGetRequestInformation(),
            AnswerNames.Organization => graph.Organization.ToGetRequestInformation(),
            AnswerNames.User => graph.Users[user].ToGetRequestInformation(request => request.QueryParameters.Select = UserProperties),
            AnswerNames.UserMemberOf => graph.Users[user].TransitiveMemberOf.ToGetRequestInformation(request => request.QueryParameters.Top = 999),

            // Only the beta has it (as of 2026-11), so no builder makes this request.
            AnswerNames.UserAuthenticationRequirements => GraphConnection.Get(
                connection.Address("beta", $"/users/{Uri.EscapeDataString(user)}/authentication/requirements")),
            AnswerNames.SignIns => graph.AuditLogs.SignIns.ToGetRequestInformation(request =>
            {
                // Hours and not weeks: long windows make the service time out. Newest come first.
                var from = connection.Time.GetUtcNow().AddHours(-24).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                request.QueryParameters.Filter =
                    $"createdDateTime ge {from} and userPrincipalName eq '{Quoted(principalName.ToLowerInvariant())}'";
                request.QueryParameters.Top = 200;
            }),
            _ when GroupId(answer) is { } group => graph.Groups[group].TransitiveMembers.ToGetRequestInformation(request =>
            {
                request.QueryParameters.Select = ["id"];
                request.QueryParameters.Top = 999;
            }),
            _ => throw new ArgumentException($"Microsoft Graph does not give {answer}. Ask CanRead first.", nameof(answer)),
        };
    }

    /// <summary>Makes the request that looks for a user by one of the addresses instead of the user principal name.</summary>
    public static RequestInformation Search(GraphConnection connection, string filter) =>
        connection.Client.Users.ToGetRequestInformation(request =>
        {
            request.QueryParameters.Filter = filter;
            request.QueryParameters.Select = UserProperties;
        });

    public static string Quoted(string text) => text.Replace("'", "''");

    /// <summary>Names the least permission that opens an answer.</summary>
    public static string Permission(string answer) => answer switch
    {
        AnswerNames.SecurityDefaults or AnswerNames.ConditionalAccessPolicies or AnswerNames.NamedLocations
            or AnswerNames.UserAuthenticationRequirements => "Policy.Read.All",
        AnswerNames.SubscribedSkus => "LicenseAssignment.Read.All",
        AnswerNames.Domains => "Domain.Read.All",
        AnswerNames.Organization => "Organization.Read.All",
        AnswerNames.SignIns => "AuditLog.Read.All, in some tenants also Directory.Read.All",
        AnswerNames.User => "User.Read.All",
        AnswerNames.UserMemberOf => "Directory.Read.All",
        _ => "GroupMember.Read.All",
    };
}
