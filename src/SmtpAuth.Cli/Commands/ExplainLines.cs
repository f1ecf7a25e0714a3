using System.Text.Json;
using SmtpAuth.Cli.Output;
using SmtpAuth.Replies;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth explain --jsonl</c>: one line in, one line out, in order; a bad line does not stop the run.</summary>
internal sealed class ExplainLines(SmtpReplyParser parser, CommandStreams streams)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var line in JsonLine.ReadAllAsync(streams.In, cancellationToken))
        {
            using (line)
            {
                JsonDocumentWriter.WriteLine(streams.Out, json => Answer(json, line));
            }
        }

        return ExitCode.Done;
    }

    private void Answer(Utf8JsonWriter json, JsonLine request)
    {
        json.WriteStartObject();
        request.WriteId(json);

        if (request.Error is { } error)
        {
            json.WriteString("error", error);
        }
        else if (request.Text("text") is { } text)
        {
            parser.TryRead(text, out var reply);
            ExplanationJson.WriteReplyAndGate(json, reply);
        }
        else
        {
            json.WriteString("error", "Expected a member \"text\" that holds a string.");
        }

        json.WriteEndObject();
    }
}
