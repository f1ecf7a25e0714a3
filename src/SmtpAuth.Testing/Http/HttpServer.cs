using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SmtpAuth.Testing.Faults;

namespace SmtpAuth.Testing.Http;

/// <summary>Kestrel on three loopback ports: the token endpoint over TLS, Graph and the Exchange administration without.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const long MostBodyBytes = 4 * 1024 * 1024;
    private const int MostRecordedCharacters = 32 * 1024;

    private readonly WebApplication _application;
    private readonly IReadOnlyList<HttpService> _services;
    private readonly FaultPlan _faults;
    private readonly BoundedLog<RecordedRequest> _log;
    private readonly TimeProvider _timeProvider;
    private Dictionary<int, HttpService> _byPort = [];

    private HttpServer(
        WebApplication application,
        IReadOnlyList<HttpService> services,
        FaultPlan faults,
        BoundedLog<RecordedRequest> log,
        TimeProvider timeProvider)
    {
        _application = application;
        _services = services;
        _faults = faults;
        _log = log;
        _timeProvider = timeProvider;
        foreach (var service in services)
        {
            service.Faults = faults;
        }

        application.Run(AnswerAsync);
    }

    public static async Task<HttpServer> StartAsync(
        IReadOnlyList<HttpService> services,
        X509Certificate2 certificate,
        FaultPlan faults,
        BoundedLog<RecordedRequest> log,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        // The empty builder reads no configuration and no environment, writes no log, and leaves Ctrl+C to the host.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MostBodyBytes;
            options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
            options.Limits.MaxConcurrentConnections = 1000;
            foreach (var service in services)
            {
                options.Listen(IPAddress.Loopback, service.WantedPort, listen => Configure(listen, service, certificate));
            }
        });

        var server = new HttpServer(builder.Build(), services, faults, log, timeProvider);
        try
        {
            await server._application.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.ReadPorts();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    private static void Configure(ListenOptions listen, HttpService service, X509Certificate2 certificate)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (service.UsesTls)
        {
            listen.UseHttps(certificate);
        }
    }

    // Kestrel lists the addresses in the order in which the listeners were configured.
    private void ReadPorts()
    {
        var addresses = _application.Services
            .GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses;
        foreach (var (service, address) in _services.Zip(addresses))
        {
            service.Address = new Uri(address);
        }

        _byPort = _services.ToDictionary(service => service.Address.Port);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var service = _byPort[context.Connection.LocalPort];
        var cancelled = context.RequestAborted;
        HttpCall call;
        try
        {
            call = await ReadAsync(context.Request, cancelled);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException refused)
        {
            context.Response.StatusCode = refused.StatusCode;
            return;
        }

        var fault = _faults.Next(service.Kind, call.Method, service.FaultTarget(call));
        if (fault?.Kind == FaultKind.DropBefore)
        {
            Record(service, call, 0);
            context.Abort();
            return;
        }

        if (fault?.Kind == FaultKind.Slow)
        {
            await Task.Delay(fault.Delay, _timeProvider, cancelled);
        }

        var reply = fault is null || fault.Kind is FaultKind.Slow or FaultKind.DropAfter
            ? service.Answer(call)
            : service.Fail(call, fault);
        if (fault?.Kind == FaultKind.DropAfter)
        {
            Record(service, call, 0);
            context.Abort();
            return;
        }

        Record(service, call, reply.Status);
        await WriteAsync(context.Response, reply, cancelled);
    }

    private static async Task<HttpCall> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new StreamReader(request.Body, Encoding.UTF8);
        var text = await body.ReadToEndAsync(cancellationToken);
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new HttpCall(request.Method, target, headers, text);
    }

    private async Task WriteAsync(HttpResponse response, HttpReply reply, CancellationToken cancellationToken)
    {
        response.StatusCode = reply.Status;
        response.Headers.Date = Model.Times.Http(_timeProvider.GetUtcNow());
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (reply.ContentType is not null)
        {
            response.ContentType = reply.ContentType;
        }

        if (reply.Content.Length > 0)
        {
            response.ContentLength = reply.Content.Length;
            await response.Body.WriteAsync(reply.Content, cancellationToken);
        }
        else if (reply.Status is not (204 or 304))
        {
            response.ContentLength = 0;
        }
    }

    private void Record(HttpService service, HttpCall call, int status)
    {
        var body = service.BodyForLog(call);
        _log.Add(new RecordedRequest(
            service.Kind,
            call.Method,
            call.Target,
            service.Cmdlet(call),
            body.Length > MostRecordedCharacters ? body[..MostRecordedCharacters] : body,
            service.Caller(call),
            status,
            _timeProvider.GetUtcNow()));
    }
}
