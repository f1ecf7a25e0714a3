using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace SmtpAuth.Graph;

/// <summary>Makes credentials by the name of their kind.</summary>
/// <remarks>
/// The environment variables are those of Azure.Identity: <c>AZURE_CLIENT_ID</c>, <c>AZURE_CLIENT_SECRET</c>,
/// <c>AZURE_CLIENT_CERTIFICATE_PATH</c> (PEM or PFX) with <c>AZURE_CLIENT_CERTIFICATE_PASSWORD</c>,
/// <c>AZURE_FEDERATED_TOKEN_FILE</c>; and <c>AZURE_CLIENT_CERTIFICATE_THUMBPRINT</c> for a certificate of the user's store.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/dotnet/api/overview/azure/identity-readme"/>
public static class TenantCredentials
{
    private const string ClientId = "AZURE_CLIENT_ID";
    private const string ClientSecret = "AZURE_CLIENT_SECRET";
    private const string CertificatePath = "AZURE_CLIENT_CERTIFICATE_PATH";
    private const string CertificatePassword = "AZURE_CLIENT_CERTIFICATE_PASSWORD";
    private const string CertificateThumbprint = "AZURE_CLIENT_CERTIFICATE_THUMBPRINT";
    private const string TokenFile = "AZURE_FEDERATED_TOKEN_FILE";

    /// <summary>Gets the names of the kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "default", "azure-cli", "client-secret", "client-certificate", "managed-identity", "workload-identity", "device-code", "browser",
        "environment-token",
    ];

    /// <summary>Makes a credential. Nothing is sent yet.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="cloud">The cloud that issues the tokens.</param>
    /// <param name="tenantId">The tenant, by id or domain.</param>
    /// <param name="options">Where it gets what it needs, or <see langword="null"/> for the defaults.</param>
    /// <returns>The credential. Keep one for each tenant, because it caches the tokens.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">There is no such kind, or <paramref name="tenantId"/> is empty.</exception>
    /// <exception cref="CredentialUnavailableException">Something it needs is missing; the message names the environment variable.</exception>
    public static TokenCredential Create(string kind, MicrosoftCloud cloud, string tenantId, TenantCredentialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentException.ThrowIfNullOrWhiteSpace(tenantId);
        options ??= new();
        return kind switch
        {
            "default" => new DefaultAzureCredential(Prepare(
                new DefaultAzureCredentialOptions { TenantId = tenantId, DisableInstanceDiscovery = IsOwn(cloud) }, cloud, options)),
            "azure-cli" => new AzureCliCredential(Prepare(new AzureCliCredentialOptions { TenantId = tenantId }, cloud, options)),
            "client-secret" => new ClientSecretCredential(
                tenantId,
                Needed(options, kind, ClientId),
                Needed(options, kind, ClientSecret),
                Prepare(new ClientSecretCredentialOptions { DisableInstanceDiscovery = IsOwn(cloud) }, cloud, options)),
            "client-certificate" => Certificate(kind, cloud, tenantId, options),
            "managed-identity" => new ManagedIdentityCredential(
                options.ReadVariable(ClientId) is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned),
            "workload-identity" => new WorkloadIdentityCredential(Prepare(
                new WorkloadIdentityCredentialOptions
                {
                    TenantId = tenantId,
                    ClientId = Needed(options, kind, ClientId),
                    TokenFilePath = Needed(options, kind, TokenFile),
                    DisableInstanceDiscovery = IsOwn(cloud),
                },
                cloud,
                options)),
            "device-code" => DeviceCode(cloud, tenantId, options),
            "browser" => Browser(cloud, tenantId, options),
            "environment-token" => ReadyTokenCredential.FromEnvironment(cloud, options.ReadVariable),
            _ => throw new ArgumentException($"There is no credential '{OneLine.Of(kind, 40)}'. Expected one of {string.Join(", ", Kinds)}.", nameof(kind)),
        };
    }

    private static ClientCertificateCredential Certificate(string kind, MicrosoftCloud cloud, string tenantId, TenantCredentialOptions options)
    {
        var prepared = Prepare(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = IsOwn(cloud) }, cloud, options);
        var clientId = Needed(options, kind, ClientId);
        if (options.ReadVariable(CertificateThumbprint) is { Length: > 0 } thumbprint)
        {
            return new(tenantId, clientId, FromStore(thumbprint), prepared);
        }

        var path = Needed(options, kind, CertificatePath);
        if (!File.Exists(path))
        {
            throw new CredentialUnavailableException($"The certificate file {OneLine.Of(path)} does not exist. {CertificatePath} names it.");
        }

        return options.ReadVariable(CertificatePassword) is { Length: > 0 } password
            ? new(tenantId, clientId, FromFile(path, password), prepared)
            : new(tenantId, clientId, path, prepared);
    }

    private static X509Certificate2 FromFile(string path, string password) =>
#if NET
        X509CertificateLoader.LoadPkcs12FromFile(path, password);
#else
        new(path, password);
#endif

    private static X509Certificate2 FromStore(string thumbprint)
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint.Replace(":", "").Replace(" ", ""), validOnly: false);
        return found.Count > 0
            ? found[0]
            : throw new CredentialUnavailableException(
                $"The user's store has no certificate with the thumbprint {OneLine.Of(thumbprint, 80)}. {CertificateThumbprint} names it.");
    }

    private static DeviceCodeCredential DeviceCode(MicrosoftCloud cloud, string tenantId, TenantCredentialOptions options)
    {
        var prepared = Prepare(
            new DeviceCodeCredentialOptions
            {
                TenantId = tenantId,
                DeviceCodeCallback = (code, _) => options.ShowMessage(code.Message),
                DisableInstanceDiscovery = IsOwn(cloud),
            },
            cloud,
            options);
        if (options.ReadVariable(ClientId) is { Length: > 0 } clientId)
        {
            prepared.ClientId = clientId;
        }

        return new(prepared);
    }

    private static InteractiveBrowserCredential Browser(MicrosoftCloud cloud, string tenantId, TenantCredentialOptions options)
    {
        var prepared = Prepare(
            new InteractiveBrowserCredentialOptions { TenantId = tenantId, DisableInstanceDiscovery = IsOwn(cloud) }, cloud, options);
        if (options.ReadVariable(ClientId) is { Length: > 0 } clientId)
        {
            prepared.ClientId = clientId;
        }

        return new(prepared);
    }

    private static TOptions Prepare<TOptions>(TOptions prepared, MicrosoftCloud cloud, TenantCredentialOptions options)
        where TOptions : TokenCredentialOptions
    {
        prepared.AuthorityHost = LoopbackAuthority.Secure(cloud.Authority);
        if (options.HttpHandler is not null || cloud.Authority.IsLoopback)
        {
            prepared.Transport = new HttpClientTransport(new HttpClient(
                LoopbackAuthority.Handler(cloud, options.HttpHandler), disposeHandler: options.HttpHandler is null));
        }

        return prepared;
    }

    // Only Microsoft's own clouds can be looked up at Microsoft.
    private static bool IsOwn(MicrosoftCloud cloud) => !MicrosoftCloud.BuiltIn.Any(known => known.Authority == cloud.Authority);

    private static string Needed(TenantCredentialOptions options, string kind, string variable) =>
        options.ReadVariable(variable) is { Length: > 0 } value
            ? value
            : throw new CredentialUnavailableException($"The credential {kind} needs the environment variable {variable}, which is not set.");
}
