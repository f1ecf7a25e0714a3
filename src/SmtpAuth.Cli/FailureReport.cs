using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Azure.Identity;
using SmtpAuth.Cli.Output;

namespace SmtpAuth.Cli;

/// <summary>Turns whatever ended a verb into one clear sentence on standard error, and an exit code.</summary>
internal static class FailureReport
{
    public static int Write(Exception failure, CommandStreams streams, bool verbose)
    {
        var (exitCode, message) = Explain(failure);
        streams.Error.WriteLine($"smtpauth: {Printable.Line(message)}");
        if (verbose)
        {
            streams.Error.WriteLine(Printable.Text(failure.ToString()));
        }

        return exitCode;
    }

    private static (int ExitCode, string Message) Explain(Exception failure) => failure switch
    {
        CommandFailure known => (known.ExitCode, known.Message),
        OperationCanceledException => (ExitCode.Cancelled, "Cancelled. What was already done stays recorded in the journal."),
        CredentialUnavailableException unavailable => (ExitCode.BadInput,
            $"No credential could be had: {unavailable.Message} Choose another with --credential, or sign in first."),
        AuthenticationFailedException refused => (ExitCode.Refused,
            $"The identity platform gave no token: {refused.Message} Check the tenant id and the credential."),
        HttpRequestException { InnerException: AuthenticationException tls } => (ExitCode.Unknown,
            $"The service's certificate was refused: {tls.Message} Check the address in --cloud, and the clock of this machine."),
        HttpRequestException unreachable => (ExitCode.Unknown,
            $"The service could not be reached: {unreachable.Message} Check the network and the addresses in --cloud."),
        SocketException unreachable => (ExitCode.Unknown,
            $"The service could not be reached: {unreachable.Message} Check the network and the addresses in --cloud."),
        JsonException json => (ExitCode.BadInput, $"Expected JSON, and found something else: {json.Message}"),
        FormatException format => (ExitCode.BadInput, format.Message),
        UnauthorizedAccessException denied => (ExitCode.BadInput, $"{denied.Message} Check the permissions of the file."),
        IOException io => (ExitCode.BadInput, $"{io.Message} Check the path."),
        _ => (ExitCode.Failed,
            $"Something unexpected happened ({failure.GetType().Name}): {failure.Message} Run again with --verbose for the details."),
    };
}
