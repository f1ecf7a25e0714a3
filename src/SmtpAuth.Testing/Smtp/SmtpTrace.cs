using System.Globalization;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Smtp;

/// <summary>The names a connection goes by: the front end in the banner, the back end and the session id behind replies.</summary>
internal sealed class SmtpTrace
{
    // The pool of front ends, with the forest each belongs to.
    private static readonly (string Label, string Region)[] Pool =
    [
        ("AM0PR01CA0063", "EURPRD01"), ("AS9PR04CA0117", "EURPRD04"), ("FR0P281CA0142", "DEUP281"), ("DU2PR04CA0009", "EURPRD04"),
        ("MN2PR05CA0004", "NAMPRD05"), ("PN4P287CA0064", "INDP287"),
    ];

    private readonly (string Label, string Region) _host;
    private readonly TimeProvider _timeProvider;

    public SmtpTrace(int connection, int seed, TimeProvider timeProvider)
    {
        _host = Pool[(int)((uint)(connection + seed) % (uint)Pool.Length)];
        _timeProvider = timeProvider;
        SessionId = (0x08DE_0000_0000_0000UL + ((ulong)(uint)seed << 32) + 0x29F0_A1B2UL + (ulong)(uint)connection)
            .ToString("X16", CultureInfo.InvariantCulture);
    }

    public string SessionId { get; }

    public string FrontEnd => $"{_host.Label}.outlook.office365.com";

    public string Banner => $"220 {FrontEnd} Microsoft ESMTP MAIL Service ready at {Times.Banner(_timeProvider.GetUtcNow())} [{SessionId}]";

    public string Suffix => $" [{_host.Label}.{_host.Region}.PROD.OUTLOOK.COM {Times.Milliseconds(_timeProvider.GetUtcNow())} {SessionId}]";
}
