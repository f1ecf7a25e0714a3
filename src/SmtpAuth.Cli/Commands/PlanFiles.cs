using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Commands;

/// <summary>Reads and writes plans and approvals as files.</summary>
internal static class PlanFiles
{
    public static async Task<RemediationPlan> ReadPlanAsync(string path, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(path, "a plan, as plan --out writes it", cancellationToken);
        try
        {
            return PlanJson.Read(text);
        }
        catch (PlanFormatException failure) when (failure.Message.Contains("hash", StringComparison.Ordinal))
        {
            throw CommandFailure.Refused($"'{path}': {failure.Message}", failure);
        }
        catch (FormatException failure)
        {
            throw CommandFailure.BadInput($"'{path}': {failure.Message}", failure);
        }
    }

    public static async Task<Approval> ReadApprovalAsync(string path, CancellationToken cancellationToken)
    {
        var text = await ReadAsync(path, "an approval, as approve --out writes it", cancellationToken);
        try
        {
            return ApprovalJson.Read(text);
        }
        catch (FormatException failure)
        {
            throw CommandFailure.BadInput($"--approval: '{path}': {failure.Message}", failure);
        }
    }

    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, text + "\n", cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailure.BadInput($"'{path}' cannot be written: {failure.Message}", failure);
        }
    }

    private static async Task<string> ReadAsync(string path, string expected, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailure.BadInput($"'{path}' cannot be read: {failure.Message} Expected {expected}.", failure);
        }
    }
}
