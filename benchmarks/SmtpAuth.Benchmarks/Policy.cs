namespace SmtpAuth.Benchmarks;

/// <summary>Policies of any size: the rule is the sum of its conditions.</summary>
internal static class Policy
{
    /// <summary>Forty rules are as a person writes them; more are made of the same kinds of conditions at random.</summary>
    public static Condition[][] Of(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i => count == Written.Rules.Length ? Written.Rules[i] : Rule(random))];
    }

    public static string Cel(Condition[] rule) => string.Join(" && ", rule.Select(condition => condition.ToCel()));

    private static Condition[] Rule(Random random)
    {
        var conditions = new Dictionary<string, Condition>();
        var wanted = random.Next(3, 6);
        while (conditions.Count < wanted)
        {
            var condition = Some(random);
            conditions[condition.Property] = condition;
        }

        return [.. conditions.Values];
    }

    private static Condition Some(Random random)
    {
        T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
        return random.Next(20) switch
        {
            0 => new("ClientMechanism", Pick(["==", "==", "!="]), Pick(FactSet.Mechanisms)),
            1 => new("ClientPort", Pick(["==", "!="]), Pick(FactSet.Ports)),
            2 => new("ClientHost", "==", Pick(FactSet.Hosts)),
            3 => new("ReplyCode", Pick(["==", "==", ">="]), Pick(FactSet.Codes)),
            4 => new("ReplyEnhanced", "==", Pick(FactSet.EnhancedCodes)),
            5 or 6 or 7 => new("ReplyText", "contains", Pick(FactSet.Phrases)),
            8 => new("MailboxSmtpDisabled", "==", Pick(new bool?[] { null, true, false })),
            9 => new("MailboxKind", "==", Pick(FactSet.Kinds)),
            10 => new(Pick(["MailboxEnabled", "MailboxLicensed", "MailboxHasMfa", "UserEnabled"]), "is", random.Next(2) == 0),
            11 => new(Pick(["OrganizationSmtpDisabled", "TenantSecurityDefaults", "TenantBasicRetired", "ClientTls"]), "is", random.Next(2) == 0),
            12 => new("OrganizationConnectorCount", Pick([">", "=="]), (long)random.Next(5)),
            13 => new("OrganizationPolicyName", "==", Pick(FactSet.Policies)),
            14 => new("TenantPolicyCount", Pick([">", "<"]), (long)random.Next(20)),
            15 => new("TenantRegion", "==", Pick(FactSet.Regions)),
            16 => new("TenantCloud", "==", Pick(FactSet.Clouds)),
            17 => new("UserRiskLevel", Pick(["==", "!="]), Pick(FactSet.Risks)),
            18 => new("UserAppCount", ">", (long)random.Next(10)),
            _ => new("UserDomain", "==", Pick(FactSet.Domains)),
        };
    }
}
