using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Entra;
using SmtpAuth.Testing.ExchangeApi;
using SmtpAuth.Testing.Faults;
using SmtpAuth.Testing.GraphApi;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;
using SmtpAuth.Testing.Smtp;
using SmtpAuth.Testing.Tokens;

namespace SmtpAuth.Testing;

/// <summary>A Microsoft 365 tenant on loopback: Microsoft Graph, the Exchange administration, a token endpoint and SMTP
/// submission, over real sockets, without any connection to Microsoft.</summary>
/// <remarks>
/// <para>It restates documented behaviour (as of 2026-11) in its own code, so that it can judge tools which know the rules.</para>
/// <para>Thread-safe. Stop it by disposing it.</para>
/// </remarks>
public sealed class EmulatedTenant : IAsyncDisposable
{
    /// <summary>The client id of an application that has every permission, and its secret
    /// (<see cref="EmulatedTenantBuilder.AdminClientSecret"/>).</summary>
    public const string AdminApplicationId = "3b8e5d20-7c41-4f9a-a6d2-91c0e4b7f835";

    private const int MostRequests = 10_000;
    private const int MostMessages = 2_000;

    private readonly TokenIssuer _issuer;
    private readonly FaultPlan _faults;
    private readonly SignInLog _signIns;
    private readonly BoundedLog<RecordedRequest> _requests = new(MostRequests);
    private readonly BoundedLog<AcceptedMessage> _accepted = new(MostMessages);
    private readonly X509Certificate2 _certificate = TestCertificate.Create();
    private readonly TokenEndpoint _tokenEndpoint;
    private readonly GraphService _graph;
    private readonly ExchangeService _exchange;
    private readonly SmtpContext _smtpContext;
    private HttpServer? _http;
    private SmtpServer? _smtp;

    private EmulatedTenant(EmulatedTenantBuilder builder)
    {
        var clock = builder.Clock;
        State = builder.Build();
        Behavior = builder.Behavior;
        TenantId = builder.Tenant;
        AdminClientSecret = builder.AdminSecret;
        _issuer = new TokenIssuer(TenantId, State, clock);
        _faults = new FaultPlan(builder.FaultList, builder.FaultSeed);
        _signIns = new SignInLog(Behavior, clock);
        foreach (var entry in Enumerable.Reverse(builder.RecordedSignIns))
        {
            _signIns.Put(entry);
        }

        var policies = new ConditionalAccessEngine(State);
        var scopes = new ApplicationScopes(State, policies);
        var directory = new ExchangeDirectory(State, Behavior);
        var ports = builder.PortNumbers;
        _tokenEndpoint = new TokenEndpoint(ports.Authority, _issuer, State, clock);
        _graph = new GraphService(
            ports.Graph, _issuer, new GraphContext(State, Behavior, _signIns, policies, clock), _accepted.All);
        _exchange = new ExchangeService(
            ports.Exchange,
            _issuer,
            Behavior,
            [
                .. MailboxCmdlets.All(directory),
                .. OrganizationCmdlets.All(directory),
                .. ApplicationCmdlets.All(directory, scopes),
                .. MailFlowCmdlets.All(directory, _accepted.All),
            ],
            clock);
        var gates = new ExchangeGates(State, Behavior, clock);
        _smtpContext = new SmtpContext(
            State,
            Behavior,
            gates,
            new BasicGates(State, Behavior, gates, policies, _signIns, clock),
            new OAuthGates(State, Behavior, gates, scopes, _issuer),
            new MailboxSlots(clock),
            _faults,
            _accepted,
            _certificate,
            clock);
    }

    /// <summary>Gets the tenant id, a GUID.</summary>
    public string TenantId { get; }

    /// <summary>Gets the secret of <see cref="AdminApplicationId"/>.</summary>
    public string AdminClientSecret { get; }

    /// <summary>Gets the address of the token endpoint: https on loopback, with a self-signed certificate.</summary>
    public Uri Authority => _tokenEndpoint.Address;

    /// <summary>Gets the address of Microsoft Graph: http on loopback, without a version.</summary>
    public Uri Graph => _graph.Address;

    /// <summary>Gets the address of the Exchange administration: http on loopback.</summary>
    public Uri Exchange => _exchange.Address;

    /// <summary>Gets the host of the submission service.</summary>
    public string SmtpHost => _smtp!.Host;

    /// <summary>Gets the port of the submission service.</summary>
    public int SmtpPort => _smtp!.Port;

    /// <summary>Gets the SHA-256 fingerprint of the certificate that SMTP and the token endpoint show, 64 upper-case hex digits.</summary>
    public string SmtpCertificateSha256 => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Gets the certificate that SMTP and the token endpoint show, in PEM, without its key.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Gets the settings and objects, to read and to change behind the services' backs.</summary>
    public EmulatedState State { get; }

    /// <summary>Gets how the services behave beside their settings.</summary>
    public EmulatedBehavior Behavior { get; }

    /// <summary>Gets the HTTP requests so far, oldest first; the last 10000.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _requests.All();

    /// <summary>Gets the changes of objects since the start or the last <see cref="Restore"/>, oldest first.</summary>
    public IReadOnlyList<TenantChange> Changes => State.Changes();

    /// <summary>Gets the messages that were accepted, oldest first; the last 2000.</summary>
    public IReadOnlyList<AcceptedMessage> Accepted => _accepted.All();

    /// <summary>Gets the sign-in entries that Entra wrote, newest first, in the form of the Graph resource.</summary>
    public IReadOnlyList<JsonObject> SignIns => [.. _signIns.NewestFirst()];

    /// <summary>Starts a tenant.</summary>
    /// <param name="configure">Describes it; see <see cref="EmulatedTenantBuilder"/> for what it is without.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The running tenant.</returns>
    /// <exception cref="IOException">A wanted port is taken.</exception>
    public static Task<EmulatedTenant> StartAsync(
        Action<EmulatedTenantBuilder>? configure = null, CancellationToken cancellationToken = default) =>
        StartAsync(TimeProvider.System, configure, cancellationToken);

    /// <summary>Starts a tenant that lives by a clock of the caller's.</summary>
    /// <param name="timeProvider">The clock for tokens, logs, delays and limits. Sockets keep to real time.</param>
    /// <param name="configure">Describes it; see <see cref="EmulatedTenantBuilder"/> for what it is without.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The running tenant.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="timeProvider"/> is <see langword="null"/>.</exception>
    /// <exception cref="IOException">A wanted port is taken.</exception>
    public static async Task<EmulatedTenant> StartAsync(
        TimeProvider timeProvider, Action<EmulatedTenantBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var builder = new EmulatedTenantBuilder(timeProvider);
        configure?.Invoke(builder);
        var tenant = new EmulatedTenant(builder);
        try
        {
            tenant._http = await HttpServer.StartAsync(
                [tenant._tokenEndpoint, tenant._graph, tenant._exchange],
                tenant._certificate,
                tenant._faults,
                tenant._requests,
                timeProvider,
                cancellationToken);
            tenant._smtp = new SmtpServer(builder.PortNumbers.Smtp, tenant._smtpContext, builder.FaultSeed);
        }
        catch
        {
            await tenant.DisposeAsync();
            throw;
        }

        tenant._tokenEndpoint.LocalResources = () => [tenant._graph.Root, tenant._exchange.Root];
        tenant._graph.Authority = tenant._exchange.Authority = tenant._tokenEndpoint.Root;
        return tenant;
    }

    /// <summary>Returns the text of a <c>--cloud</c> file that points the command line at this tenant.</summary>
    /// <returns>JSON with authority, graph, exchange, smtpHost, smtpPort and smtpTrustCertificateSha256.</returns>
    public string CloudFileJson() => Json.Write(
        new JsonObject
        {
            ["authority"] = _tokenEndpoint.Root,
            ["graph"] = _graph.Root,
            ["exchange"] = _exchange.Root,
            ["smtpHost"] = SmtpHost,
            ["smtpPort"] = SmtpPort,
            ["smtpTrustCertificateSha256"] = SmtpCertificateSha256,
        },
        indented: true);

    /// <summary>Makes an access token that this tenant accepts.</summary>
    /// <param name="audience">The service it is for.</param>
    /// <param name="configure">Describes it; without it, an application with every permission.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ArgumentException">The token is for a user that the tenant does not have.</exception>
    public string IssueToken(TokenAudience audience, Action<TokenBuilder>? configure = null)
    {
        var builder = new TokenBuilder(audience);
        configure?.Invoke(builder);
        return _issuer.Issue(audience, builder);
    }

    /// <summary>Makes a refresh token with which a user's tokens can be had from the token endpoint.</summary>
    /// <param name="userPrincipalName">The user.</param>
    /// <returns>The refresh token.</returns>
    public string IssueRefreshToken(string userPrincipalName) =>
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(State.User(userPrincipalName).UserPrincipalName));

    /// <summary>Adds a fault while the tenant runs.</summary>
    /// <param name="fault">The fault.</param>
    public void AddFault(Fault fault) => _faults.Add(fault);

    /// <summary>Removes every fault.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Forgets the requests, messages and sign-ins so far.</summary>
    public void ClearLogs()
    {
        _requests.Clear();
        _accepted.Clear();
        _signIns.Clear();
    }

    /// <summary>Adds a sign-in entry, in the form of the Graph resource.</summary>
    /// <param name="entry">The entry; copied.</param>
    public void AddSignIn(JsonObject entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _signIns.Put(entry);
    }

    /// <summary>Takes a picture of every object.</summary>
    /// <returns>The snapshot; logs and passwords are not part of it.</returns>
    public TenantSnapshot Snapshot() => State.Snapshot();

    /// <summary>Puts every object back as it was, at once, and empties the change log.</summary>
    /// <param name="snapshot">A snapshot of this tenant or another.</param>
    /// <exception cref="ArgumentNullException"><paramref name="snapshot"/> is <see langword="null"/>.</exception>
    public void Restore(TenantSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        State.Restore(snapshot);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_smtp is not null)
        {
            await _smtp.DisposeAsync();
        }

        if (_http is not null)
        {
            await _http.DisposeAsync();
        }

        _certificate.Dispose();
    }
}
