namespace SmtpAuth;

public class MicrosoftCloudTests
{
    private const string Valid = """
        {"authority":"https://127.0.0.1:5000/","graph":"http://127.0.0.1:5001","exchange":"http://[::1]:5002/exo/","smtpHost":"localhost","smtpPort":2525,
         "smtpTrustCertificateSha256":"AA:aa:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA","extra":1}
        """;

    [Fact]
    public void A_cloud_file_is_read()
    {
        var cloud = MicrosoftCloud.Parse(Valid, "cloud.json");

        (cloud.Authority, cloud.Graph, cloud.Exchange, cloud.SmtpHost, cloud.SmtpPort, cloud.SmtpTrustCertificateSha256).Should().Be((
            new Uri("https://127.0.0.1:5000/"), new Uri("http://127.0.0.1:5001/"), new Uri("http://[::1]:5002/exo"), "localhost", 2525, new string('A', 64)));
        cloud.GraphScope.Should().Be("https://graph.microsoft.com/.default");
        cloud.ExchangeScope.Should().Be("https://outlook.office365.com/.default");
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "a JSON object")]
    [InlineData("{}", "\"authority\" is missing")]
    [InlineData("""{"authority":7}""", "\"authority\" is '7'")]
    [InlineData("""{"authority":"http://login.contoso.example"}""", "http is taken on a loopback address only")]
    [InlineData("""{"authority":"ftp://login.contoso.example"}""", "begins with https://")]
    [InlineData("""{"authority":"login.contoso.example"}""", "begins with https://")]
    [InlineData("""{"authority":"https://user:pass@login.contoso.example"}""", "more than an address")]
    [InlineData("""{"authority":"https://a.example","graph":"https://b.example","exchange":"https://c.example","smtpHost":"not a host"}""", "\"smtpHost\"")]
    [InlineData("""{"authority":"https://a.example","graph":"https://b.example","exchange":"https://c.example","smtpHost":"d.example","smtpPort":0}""", "1 to 65535")]
    [InlineData("""{"authority":"https://a.example","graph":"https://b.example","exchange":"https://c.example","smtpHost":"d.example","smtpTrustCertificateSha256":"12"}""", "64 hexadecimal digits")]
    public void A_bad_cloud_file_is_refused_in_one_clear_line(string json, string why)
    {
        var parsing = () => MicrosoftCloud.Parse(json, "cloud.json");

        parsing.Should().Throw<FormatException>().Which.Message.Should().Contain("cloud.json").And.Contain(why).And.NotContain("\n").And.NotContain("pass");
    }

    [Theory]
    [InlineData("https://outlook.office365.com", "https://outlook.office365.com/x", true)]
    [InlineData("https://outlook.office365.com", "https://am0pr01.outlook.office365.com/x", true)]
    [InlineData("https://outlook.office365.com", "https://OUTLOOK.office365.com/x", true)]
    [InlineData("https://outlook.office365.com", "http://outlook.office365.com/x", false)]
    [InlineData("https://outlook.office365.com", "https://evil-outlook.office365.com/x", false)]
    [InlineData("https://outlook.office365.com", "https://outlook.office365.com.fabrikam.example/x", false)]
    [InlineData("https://outlook.office365.com", "https://outlook.office365.com@fabrikam.example/x", false)]
    [InlineData("https://outlook.office365.com", "https://outlook.office365.com:444/x", false)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/x", true)]
    [InlineData("http://localhost:5000", "http://127.0.0.1:5000/x", true)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001/x", false)]
    [InlineData("https://127.0.0.1:5000", "http://127.0.0.1:5000/x", false)]
    [InlineData("http://localhost:5000", "http://localhost.fabrikam.example:5000/x", false)]
    [InlineData("http://127.0.0.1:5000", "http://203.0.113.10:5000/x", false)]
    public void A_token_goes_to_the_endpoint_and_hosts_below_it_only(string endpoint, string address, bool accepts) =>
        MicrosoftCloud.Accepts(new Uri(endpoint), new Uri(address)).Should().Be(accepts);

    [Theory]
    [InlineData("global", "https://graph.microsoft.com/.default", "https://outlook.office365.com/.default", "smtp.office365.com")]
    [InlineData("USGov", "https://graph.microsoft.us/.default", "https://outlook.office365.us/.default", "smtp.office365.us")]
    [InlineData("usgovdod", "https://dod-graph.microsoft.us/.default", "https://outlook-dod.office365.us/.default", "outlook-dod.office365.us")]
    [InlineData("china", "https://microsoftgraph.chinacloudapi.cn/.default", "https://partner.outlook.cn/.default", "smtp.partner.outlook.cn")]
    public void The_clouds_of_Microsoft_are_known(string name, string graph, string exchange, string smtp)
    {
        var cloud = MicrosoftCloud.Find(name)!;

        (cloud.GraphScope, cloud.ExchangeScope, cloud.SmtpHost, cloud.SmtpPort).Should().Be((graph, exchange, smtp, 587));
    }

    [Fact]
    public void An_unknown_cloud_is_not_found() => MicrosoftCloud.Find("germany").Should().BeNull();
}
