using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>What a cmdlet printed, and its warnings.</summary>
internal sealed record CmdletResult(IReadOnlyList<JsonObject> Values, IReadOnlyList<string> Warnings)
{
    public static CmdletResult Nothing { get; } = new([], []);

    public static CmdletResult Of(params IReadOnlyList<JsonObject> values) => new(values, []);

    public static CmdletResult Warning(string warning) => new([], [warning]);
}
