namespace SmtpAuth.Cli.Tests;

/// <summary>A folder of recorded answers in which nothing stops the printer; a test overwrites what it is about.</summary>
internal sealed class RecordedState : IDisposable
{
    private const string UserId = "11111111-1111-1111-1111-111111111111";
    private readonly TemporaryFolder _folder = new();

    public RecordedState()
    {
        With("graph/securityDefaults", """{"isEnabled": false}""");
        With("graph/conditionalAccessPolicies", """{"value": []}""");
        With("graph/user", $$"""
            {"id": "{{UserId}}", "userPrincipalName": "printer@contoso.example", "mail": "printer@contoso.example", "accountEnabled": true,
             "userType": "Member", "onPremisesSyncEnabled": null,
             "assignedPlans": [{"service": "exchange", "servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0", "capabilityStatus": "Enabled"}]}
            """);
        With("graph/userAuthenticationRequirements", """{"perUserMfaState": "disabled"}""");
        With("graph/domains", """[{"id": "contoso.example", "authenticationType": "Managed"}]""");
        With("graph/organization", """[{"id": "22222222-2222-2222-2222-222222222222", "createdDateTime": "2019-09-30T11:06:52Z"}]""");
        With("exchange/Get-TransportConfig", """{"SmtpClientAuthenticationDisabled": true}""");
        With("exchange/Get-OrganizationConfig", """{"DefaultAuthenticationPolicy": null, "SendFromAliasEnabled": false}""");
        With("exchange/Get-AuthenticationPolicy", "[]");
        With("exchange/Get-CASMailbox", $$"""
            {"PrimarySmtpAddress": "printer@contoso.example", "ExternalDirectoryObjectId": "{{UserId}}", "SmtpClientAuthenticationDisabled": false}
            """);
        With("exchange/Get-User", $$"""{"UserPrincipalName": "printer@contoso.example", "ExternalDirectoryObjectId": "{{UserId}}", "AuthenticationPolicy": null}""");
        With("exchange/Get-Mailbox", $$"""
            {"PrimarySmtpAddress": "printer@contoso.example", "ExternalDirectoryObjectId": "{{UserId}}", "RecipientTypeDetails": "UserMailbox",
             "EmailAddresses": ["SMTP:printer@contoso.example"]}
            """);
        With("exchange/Get-AcceptedDomain", """[{"DomainName": "contoso.example"}]""");
    }

    public string Path => _folder.Path;

    public RecordedState With(string answer, string json)
    {
        _folder.File($"{answer}.json", json);
        return this;
    }

    public RecordedState Without(string answer)
    {
        File.Delete(_folder.File($"{answer}.json"));
        return this;
    }

    /// <summary>The mailbox follows an organization in which SMTP AUTH is off.</summary>
    public RecordedState Inheriting() => With(
        "exchange/Get-CASMailbox",
        $$"""{"PrimarySmtpAddress": "printer@contoso.example", "ExternalDirectoryObjectId": "{{UserId}}", "SmtpClientAuthenticationDisabled": null}""");

    public Task<Run> RunAsync(string verb, params string[] options) =>
        Run.Of([.. verb.Split(' '), "--mailbox", "printer@contoso.example", "--state", Path, .. options]);

    public void Dispose() => _folder.Dispose();
}
