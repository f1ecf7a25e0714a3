namespace SmtpAuth;

/// <content>The clouds that Microsoft runs.</content>
public sealed partial record MicrosoftCloud
{
    /// <summary>Gets the worldwide cloud, which serves GCC too.</summary>
    public static MicrosoftCloud Global { get; } = BuiltInCloud(
        "global", "https://login.microsoftonline.com", "https://graph.microsoft.com", "https://outlook.office365.com", "smtp.office365.com");

    /// <summary>Gets the cloud of the United States government, GCC High.</summary>
    public static MicrosoftCloud USGov { get; } = BuiltInCloud(
        "usgov", "https://login.microsoftonline.us", "https://graph.microsoft.us", "https://outlook.office365.us", "smtp.office365.us");

    /// <summary>Gets the cloud of the United States Department of Defense.</summary>
    public static MicrosoftCloud USGovDod { get; } = BuiltInCloud(
        "usgovdod", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us", "https://outlook-dod.office365.us", "outlook-dod.office365.us");

    /// <summary>Gets the cloud in China, run by 21Vianet.</summary>
    /// <remarks>
    /// Microsoft names two hosts for Exchange there (as of 2026-11): partner.outlook.cn in its PowerShell module and
    /// outlook.office365.cn for its Admin API. The first is taken; a cloud file can say otherwise.
    /// </remarks>
    public static MicrosoftCloud China { get; } = BuiltInCloud(
        "china", "https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn", "https://partner.outlook.cn", "smtp.partner.outlook.cn");

    /// <summary>Gets the clouds that Microsoft runs.</summary>
    public static IReadOnlyList<MicrosoftCloud> BuiltIn { get; } = [Global, USGov, USGovDod, China];

    /// <summary>Finds a built-in cloud by name.</summary>
    /// <param name="name">The name, compared without case.</param>
    /// <returns>The cloud, or <see langword="null"/> where there is none of that name.</returns>
    public static MicrosoftCloud? Find(string name) =>
        BuiltIn.FirstOrDefault(cloud => string.Equals(cloud.Name, name, StringComparison.OrdinalIgnoreCase));

    private static MicrosoftCloud BuiltInCloud(string name, string authority, string graph, string exchange, string smtpHost) => new()
    {
        Name = name,
        Authority = new(authority),
        Graph = new(graph),
        Exchange = new(exchange),
        SmtpHost = smtpHost,
    };
}
