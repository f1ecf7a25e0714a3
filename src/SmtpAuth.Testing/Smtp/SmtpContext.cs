using System.Security.Cryptography.X509Certificates;
using SmtpAuth.Testing.Faults;
using SmtpAuth.Testing.Http;

namespace SmtpAuth.Testing.Smtp;

/// <summary>What all SMTP connections of a tenant share.</summary>
internal sealed record SmtpContext(
    EmulatedState State,
    EmulatedBehavior Behavior,
    ExchangeGates Exchange,
    BasicGates Basic,
    OAuthGates OAuth,
    MailboxSlots Slots,
    FaultPlan Faults,
    BoundedLog<AcceptedMessage> Accepted,
    X509Certificate2 Certificate,
    TimeProvider TimeProvider);
