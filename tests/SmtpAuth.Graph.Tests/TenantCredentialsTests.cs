using Azure.Core;
using Azure.Identity;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Graph;

public class TenantCredentialsTests
{
    private const string Canary = "canary-secret-4711";

    [Fact]
    public async Task A_client_secret_gets_a_token_from_a_token_service_on_loopback()
    {
        await using var tenant = await Some.TenantAsync(given => given.AdminClientSecret(Canary));
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "cloud.json");
        var credential = TenantCredentials.Create("client-secret", cloud, tenant.TenantId, Variables(
            ("AZURE_CLIENT_ID", EmulatedTenant.AdminApplicationId), ("AZURE_CLIENT_SECRET", Canary)));
        using var connection = new GraphConnection(cloud, credential);

        var answers = await new GraphTenantReader(connection).ReadAsync(Some.Submission, [AnswerNames.Organization], CancellationToken.None);

        answers.Single().Failure.Should().BeNull();
    }

    [Fact]
    public async Task A_wrong_secret_is_explained_and_not_shown()
    {
        await using var tenant = await Some.TenantAsync();
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "cloud.json");
        var credential = TenantCredentials.Create("client-secret", cloud, tenant.TenantId, Variables(
            ("AZURE_CLIENT_ID", EmulatedTenant.AdminApplicationId), ("AZURE_CLIENT_SECRET", Canary)));
        using var connection = new GraphConnection(cloud, credential);

        var answer = (await new GraphTenantReader(connection).ReadAsync(Some.Submission, [AnswerNames.Organization], CancellationToken.None)).Single();

        answer.Failure.Should().Contain("AADSTS7000215").And.Contain("client secret is wrong").And.NotContain(Canary);
    }

    [Theory]
    [InlineData("client-secret", "AZURE_CLIENT_ID")]
    [InlineData("client-certificate", "AZURE_CLIENT_ID")]
    [InlineData("workload-identity", "AZURE_CLIENT_ID")]
    public void A_missing_variable_is_named(string kind, string variable)
    {
        var creating = () => TenantCredentials.Create(kind, MicrosoftCloud.Global, "contoso.example", Variables());

        creating.Should().Throw<CredentialUnavailableException>().WithMessage($"*{variable}*");
    }

    [Fact]
    public void Every_kind_can_be_made()
    {
        var certificate = Path.GetTempFileName();
        try
        {
            foreach (var kind in TenantCredentials.Kinds)
            {
                TenantCredentials.Create(kind, MicrosoftCloud.USGov, "contoso.example", Variables(
                    ("AZURE_CLIENT_ID", EmulatedTenant.AdminApplicationId),
                    ("AZURE_CLIENT_SECRET", Canary),
                    ("AZURE_CLIENT_CERTIFICATE_PATH", certificate),
                    ("AZURE_FEDERATED_TOKEN_FILE", certificate))).Should().BeAssignableTo<TokenCredential>(kind);
            }
        }
        finally
        {
            File.Delete(certificate);
        }
    }

    [Fact]
    public void An_unknown_kind_is_answered_with_the_known_ones()
    {
        var creating = () => TenantCredentials.Create("password", MicrosoftCloud.Global, "contoso.example");

        creating.Should().Throw<ArgumentException>().WithMessage("*'password'*environment-token*");
    }

    [Fact]
    public void Ready_tokens_go_to_their_own_service_only()
    {
        var credential = ReadyTokenCredential.FromEnvironment(
            MicrosoftCloud.Global, Variables(("SMTPAUTH_GRAPH_TOKEN", " graph-token\n")).ReadVariable);

        credential.GetToken(new TokenRequestContext([MicrosoftCloud.Global.GraphScope]), CancellationToken.None).Token.Should().Be("graph-token");
        var exchange = () => credential.GetToken(new TokenRequestContext([MicrosoftCloud.Global.ExchangeScope]), CancellationToken.None);
        var other = () => credential.GetToken(new TokenRequestContext(["https://fabrikam.example/.default"]), CancellationToken.None);
        exchange.Should().Throw<CredentialUnavailableException>().WithMessage("*SMTPAUTH_EXCHANGE_TOKEN*");
        other.Should().Throw<CredentialUnavailableException>().Which.Message.Should().NotContain("graph-token");
    }

    [Fact]
    public async Task Ready_tokens_work_and_a_missing_one_is_a_failed_answer()
    {
        await using var tenant = await Some.TenantAsync();
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "cloud.json");
        var token = tenant.IssueToken(TokenAudience.Graph);
        using var with = new GraphConnection(cloud, new ReadyTokenCredential(cloud, new Secret(token), null));
        using var without = new GraphConnection(cloud, new ReadyTokenCredential(cloud, null, null));

        (await ReadAsync(with)).Failure.Should().BeNull();
        (await ReadAsync(without)).Failure.Should().Contain("SMTPAUTH_GRAPH_TOKEN");
    }

    private static async Task<TenantAnswer> ReadAsync(GraphConnection connection) =>
        (await new GraphTenantReader(connection).ReadAsync(Some.Submission, [AnswerNames.Organization], CancellationToken.None)).Single();

    private static TenantCredentialOptions Variables(params (string Name, string Value)[] variables) => new()
    {
        ReadVariable = name => variables.FirstOrDefault(variable => variable.Name == name).Value,
    };
}
