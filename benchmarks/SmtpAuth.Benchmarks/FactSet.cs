using SmtpAuth.Rules.Language;

namespace SmtpAuth.Benchmarks;

/// <summary>Twenty-five facts about one submission, as a host's own class would hold them.</summary>
public sealed class FactSet
{
    public static readonly string[] Mechanisms = ["basic", "xoauth2", "ntlm", "none"];
    public static readonly string[] Hosts = ["smtp.office365.com", "smtp-mail.outlook.com", "smtp.example", "relay.contoso.example", "mail.fabrikam.example", "localhost"];
    public static readonly string[] EnhancedCodes = ["5.7.139", "5.7.3", "5.7.57", "5.7.60", "5.7.1", "5.7.64", "4.7.0", "4.3.2", "5.4.1", "5.2.0", "5.1.10", "5.7.708", "4.4.62", "5.7.8"];
    public static readonly string[] Phrases =
    [
        "SmtpClientAuthentication is disabled for the Tenant", "SmtpClientAuthentication is disabled for the Mailbox", "Authentication unsuccessful",
        "the user credentials were incorrect", "locked by your organization's security defaults policy", "the request did not meet the criteria",
        "Client was not authenticated", "Client not authenticated to send mail", "SendAsDenied", "Mailbox unavailable", "Relay access denied",
        "Temporary server error", "Basic authentication is disabled", "Requested mail action aborted", "throttled", "sender thread limit exceeded",
        "Access denied, traffic not accepted", "domain does not exist", "certificate verify failed", "connection timed out",
    ];
    public static readonly string[] Kinds = ["user", "shared", "room", "equipment", "resource"];
    public static readonly string[] Regions = [.. Enumerable.Range(0, 20).Select(i => $"region-{i:00}")];
    public static readonly string[] Domains = [.. Enumerable.Range(0, 30).Select(i => $"branch{i:00}.contoso.example")];
    public static readonly string[] Policies = [.. Enumerable.Range(0, 20).Select(i => $"Policy {i:00}")];
    public static readonly string[] Clouds = ["global", "usgov", "usgovdod", "china"];
    public static readonly string[] Risks = ["none", "low", "medium", "high"];
    public static readonly long[] Ports = [25, 465, 587, 2525];
    public static readonly long[] Codes = [250, 334, 421, 450, 451, 454, 530, 535, 550, 554, 571, 501];

    /// <summary>What servers say together. Most refused submissions are a 535 5.7.139 with one of its phrases.</summary>
    private static readonly (long Code, string Enhanced, string Phrase)[] Replies =
    [
        (535, "5.7.139", Phrases[0]), (535, "5.7.139", Phrases[1]), (535, "5.7.139", Phrases[3]), (535, "5.7.139", Phrases[4]),
        (535, "5.7.139", Phrases[5]), (535, "5.7.139", Phrases[12]), (535, "5.7.3", Phrases[2]), (530, "5.7.57", Phrases[6]),
        (550, "5.7.60", Phrases[8]), (454, "4.7.0", Phrases[11]),
    ];

    public string ClientMechanism { get; set; } = "";
    public long ClientPort { get; set; }
    public bool ClientTls { get; set; }
    public string ClientHost { get; set; } = "";
    public long ReplyCode { get; set; }
    public string ReplyEnhanced { get; set; } = "";
    public string ReplyText { get; set; } = "";
    public string MailboxAddress { get; set; } = "";
    public bool? MailboxSmtpDisabled { get; set; }
    public bool MailboxEnabled { get; set; }
    public string MailboxKind { get; set; } = "";
    public bool MailboxLicensed { get; set; }
    public bool MailboxHasMfa { get; set; }
    public bool OrganizationSmtpDisabled { get; set; }
    public long OrganizationConnectorCount { get; set; }
    public string OrganizationPolicyName { get; set; } = "";
    public bool TenantSecurityDefaults { get; set; }
    public long TenantPolicyCount { get; set; }
    public string TenantRegion { get; set; } = "";
    public string TenantCloud { get; set; } = "";
    public bool TenantBasicRetired { get; set; }
    public bool UserEnabled { get; set; }
    public string UserRiskLevel { get; set; } = "";
    public long UserAppCount { get; set; }
    public string UserDomain { get; set; } = "";

    public static CelEnvironment Environment()
    {
        var builder = new CelEnvironment.Builder();
        foreach (var property in typeof(FactSet).GetProperties().Where(p => p.CanWrite))
        {
            builder.AddVariable(Condition.FactName(property.Name), property.PropertyType == typeof(string) ? CelType.String
                : property.PropertyType == typeof(long) ? CelType.Int
                : property.PropertyType == typeof(bool) ? CelType.Bool
                : CelType.Nullable(CelType.Bool));
        }

        return builder.Build();
    }

    public static FactSet Some(Random random)
    {
        T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
        var domain = Pick(Domains);
        var reply = random.Next(5) > 0 ? Pick(Replies) : (Code: Pick(Codes), Enhanced: Pick(EnhancedCodes), Phrase: Pick(Phrases));
        return new FactSet
        {
            ClientMechanism = Pick(Mechanisms),
            ClientPort = Pick(Ports),
            ClientTls = random.Next(2) == 0,
            ClientHost = Pick(Hosts),
            ReplyCode = reply.Code,
            ReplyEnhanced = reply.Enhanced,
            ReplyText = $"{reply.Phrase}. Visit https://go.example/{random.Next(1_000)} [AM0PR0{random.Next(10)}CA00{random.Next(10)}.eurprd04.prod.example 2026-11-25T08:30:00.000Z 08DD0D{random.Next(100_000)}]",
            MailboxAddress = $"user{random.Next(500):000}@{domain}",
            MailboxSmtpDisabled = random.Next(3) switch { 0 => null, 1 => true, _ => false },
            MailboxEnabled = random.Next(8) > 0,
            MailboxKind = Pick(Kinds),
            MailboxLicensed = random.Next(4) > 0,
            MailboxHasMfa = random.Next(2) == 0,
            OrganizationSmtpDisabled = random.Next(2) == 0,
            OrganizationConnectorCount = random.Next(5),
            OrganizationPolicyName = Pick(Policies),
            TenantSecurityDefaults = random.Next(2) == 0,
            TenantPolicyCount = random.Next(20),
            TenantRegion = Pick(Regions),
            TenantCloud = Pick(Clouds),
            TenantBasicRetired = random.Next(3) == 0,
            UserEnabled = random.Next(8) > 0,
            UserRiskLevel = Pick(Risks),
            UserAppCount = random.Next(10),
            UserDomain = domain,
        };
    }

    /// <summary>Binds every fact: part of every figure for this engine.</summary>
    public void BindTo(CelFrame frame)
    {
        frame.SetString(0, ClientMechanism);
        frame.SetInt(1, ClientPort);
        frame.SetBool(2, ClientTls);
        frame.SetString(3, ClientHost);
        frame.SetInt(4, ReplyCode);
        frame.SetString(5, ReplyEnhanced);
        frame.SetString(6, ReplyText);
        frame.SetString(7, MailboxAddress);
        if (MailboxSmtpDisabled is { } disabled)
        {
            frame.SetBool(8, disabled);
        }
        else
        {
            frame.SetNull(8);
        }

        frame.SetBool(9, MailboxEnabled);
        frame.SetString(10, MailboxKind);
        frame.SetBool(11, MailboxLicensed);
        frame.SetBool(12, MailboxHasMfa);
        frame.SetBool(13, OrganizationSmtpDisabled);
        frame.SetInt(14, OrganizationConnectorCount);
        frame.SetString(15, OrganizationPolicyName);
        frame.SetBool(16, TenantSecurityDefaults);
        frame.SetInt(17, TenantPolicyCount);
        frame.SetString(18, TenantRegion);
        frame.SetString(19, TenantCloud);
        frame.SetBool(20, TenantBasicRetired);
        frame.SetBool(21, UserEnabled);
        frame.SetString(22, UserRiskLevel);
        frame.SetInt(23, UserAppCount);
        frame.SetString(24, UserDomain);
    }
}
