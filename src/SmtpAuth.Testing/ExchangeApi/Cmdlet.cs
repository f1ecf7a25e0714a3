namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>One cmdlet: its own parameters and what it does.</summary>
internal sealed record Cmdlet(string Name, IReadOnlyList<string> Parameters, Func<CmdletCall, CmdletResult> Run)
{
    private static readonly string[] Common =
        ["Confirm", "WhatIf", "ErrorAction", "WarningAction", "Verbose", "Debug", "ResultSize", "DomainController"];

    public bool IsRead => Name.StartsWith("Get-", StringComparison.Ordinal) || Name.StartsWith("Test-", StringComparison.Ordinal);

    public CmdletResult Invoke(CmdletCall call) => call.ParameterNames.All(name =>
            Parameters.Contains(name, StringComparer.OrdinalIgnoreCase) || Common.Contains(name, StringComparer.OrdinalIgnoreCase))
        ? Run(call)
        : throw CmdletFailure.ParameterSet();
}
