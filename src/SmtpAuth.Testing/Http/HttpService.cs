namespace SmtpAuth.Testing.Http;

/// <summary>One of the services behind a loopback port.</summary>
internal abstract class HttpService(EmulatedService kind, int wantedPort)
{
    public EmulatedService Kind => kind;

    public int WantedPort => wantedPort;

    public virtual bool UsesTls => false;

    /// <summary>Gets or sets the faults, for the requests inside a batch; those of whole requests are the server's to meet.</summary>
    public Faults.FaultPlan? Faults { get; set; }

    public Uri Address { get; set; } = new("http://127.0.0.1");

    /// <summary>Gets the address without the slash at its end, to put a path behind it.</summary>
    public string Root => Address.AbsoluteUri.TrimEnd('/');

    /// <summary>Answers a request. Whatever the request says, it answers and does not throw.</summary>
    public abstract HttpReply Answer(HttpCall call);

    /// <summary>Answers with a fault in the service's own error shape.</summary>
    public abstract HttpReply Fail(HttpCall call, Fault fault);

    /// <summary>Answers a request of a batch, which can meet a fault of its own as long as that needs no connection.</summary>
    public HttpReply AnswerInBatch(HttpCall call) =>
        Faults?.Next(kind, call.Method, FaultTarget(call)) is { } fault
        && fault.Kind is not (FaultKind.DropBefore or FaultKind.DropAfter or FaultKind.Slow)
            ? Fail(call, fault)
            : Answer(call);

    public virtual string FaultTarget(HttpCall call) => call.Target;

    public virtual string? Cmdlet(HttpCall call) => null;

    public virtual string BodyForLog(HttpCall call) => call.Body;

    public virtual string? Caller(HttpCall call) => null;
}
