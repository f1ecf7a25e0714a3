using System.Text;
using SmtpAuth.Cli;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = !Console.IsOutputRedirected };
var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };

var streams = new CommandStreams
{
    In = new StreamReader(Console.OpenStandardInput(), utf8),
    Out = output,
    Error = error,
    OutIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    // A terminal that does not tell its width says 0.
    Width = !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Math.Clamp(Console.WindowWidth, 60, 140) : 100,
};

var exitCode = await SmtpAuthCommand.InvokeAsync(args, streams);
try
{
    await output.FlushAsync();
}
catch (IOException)
{
    // Whoever read the output has gone away, as head does. There is nobody left to tell.
}

return exitCode;
