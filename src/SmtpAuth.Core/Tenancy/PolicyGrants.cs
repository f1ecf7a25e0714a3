using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What a Conditional Access policy demands. A client that has only a password satisfies no grant control.</summary>
internal static class PolicyGrants
{
    private const string Answer = AnswerNames.ConditionalAccessPolicies;

    private static readonly string[] KnownControls =
    [
        "block", "mfa", "compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication", "passwordChange",
        "riskRemediation",
    ];

    private static readonly string[] OtherControls = ["authenticationStrength", "termsOfUse", "customAuthenticationFactors"];
    private static readonly string[] KnownMembers = ["operator", "builtInControls", "additionalProperties", "id", .. OtherControls];

    public static Truth Blocks(JsonElement? grants)
    {
        if (Unreadable(grants) is { } open)
        {
            return open;
        }

        var controls = BuiltIn(grants!.Value);
        return controls.Any(control => Is(control, "block")) ? Truth.Yes
            : Odd(grants.Value, controls) ?? Truth.No;
    }

    public static Truth RefusesPassword(JsonElement? grants)
    {
        if (Unreadable(grants) is { } open)
        {
            return open;
        }

        var controls = BuiltIn(grants!.Value);
        var odd = Odd(grants.Value, controls);
        var demands = OtherControls.Any(name => JsonMembers.IsSet(JsonMembers.Find(grants.Value, name)))
            || controls.Any(control => KnownControls.Any(known => Is(control, known)));
        if (!demands)
        {
            return odd ?? Truth.No;
        }

        // With OR, a control that we do not know could be one that a password satisfies; a block beside it still blocks.
        return odd is { } unknown && Is(JsonMembers.Text(JsonMembers.Find(grants.Value, "operator")), "OR")
            && !controls.Any(control => Is(control, "block"))
            ? unknown
            : Truth.Yes;
    }

    private static Truth? Unreadable(JsonElement? grants) => grants switch
    {
        null => Truth.Open(Answer, "The policy was recorded without its grant controls."),
        { ValueKind: JsonValueKind.Null } => Truth.No,
        { ValueKind: JsonValueKind.Object } => null,
        { } odd => Truth.Open(Answer, PropertyReading.NotUnderstood("grantControls", odd)),
    };

    private static IReadOnlyList<string?> BuiltIn(JsonElement grants) => JsonMembers.Texts(JsonMembers.Find(grants, "builtInControls"));

    private static Truth? Odd(JsonElement grants, IReadOnlyList<string?> controls)
    {
        foreach (var control in controls)
        {
            if (!KnownControls.Any(known => Is(control, known)))
            {
                return Truth.Open(Answer, $"A grant control was not understood: found {JsonMembers.OneLine(control ?? "null")}.");
            }
        }

        foreach (var (name, value) in JsonMembers.Members(grants))
        {
            if (!KnownMembers.Contains(name, StringComparer.OrdinalIgnoreCase) && JsonMembers.IsSet(value))
            {
                return Truth.Open(Answer, $"A part of the grant controls was not understood: found {JsonMembers.OneLine(name)}.");
            }
        }

        return null;
    }

    private static bool Is(string? text, string known) => string.Equals(text, known, StringComparison.OrdinalIgnoreCase);
}
