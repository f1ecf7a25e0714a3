using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>The audit log as JSON lines, one entry each, for an auditor or a log collector.</summary>
/// <remarks>
/// With a pseudonym key each mail address in the records becomes <c>user-</c> and 12 hexadecimal digits, the same address always
/// the same ones under one key. The chain can be followed all the same, because it runs over the payload's hash; only that the
/// payload belongs to its hash cannot be checked in such an export. Thread-safe.
/// </remarks>
public static class AuditExport
{
    /// <summary>Renders entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="pseudonymKey">
    /// The key that hides addresses, at least 16 characters; <see langword="null"/> means that addresses stay readable.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One line of JSON for each entry, without line ends.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The key is too short to hide anything.</exception>
    public static IAsyncEnumerable<string> ToLinesAsync(
        IAsyncEnumerable<JournalEntry> entries, Secret? pseudonymKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var key = pseudonymKey is null ? null : Encoding.UTF8.GetBytes(pseudonymKey.Reveal());
        return key is { Length: < 16 }
            ? throw new ArgumentException("The pseudonym key is too short; expected at least 16 characters.", nameof(pseudonymKey))
            : RenderAsync(entries, key, cancellationToken);
    }

    private static async IAsyncEnumerable<string> RenderAsync(
        IAsyncEnumerable<JournalEntry> entries, byte[]? key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return Line(entry, key);
        }
    }

    private static string Line(JournalEntry entry, byte[]? key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Compact))
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", entry.Sequence);
            writer.WriteString("tenant", entry.Tenant);
            writer.WriteString("runId", entry.RunId);
            writer.WriteNumber("token", entry.Token);
            writer.WriteString("at", entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("kind", entry.Kind);
            writer.WriteString("payloadHash", entry.PayloadHash);
            writer.WriteString("previousHash", entry.PreviousHash);
            writer.WriteString("hash", entry.Hash);
            writer.WritePropertyName("payload");
            PlanJsonWriter.WriteNode(writer, key is null ? Payload(entry) : Hide(Payload(entry), key), canonical: false);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // What is not JSON any more was edited; it is shown as it stands.
    private static JsonNode? Payload(JournalEntry entry)
    {
        try
        {
            return JsonNode.Parse(entry.Payload);
        }
        catch (JsonException)
        {
            return entry.Payload;
        }
    }

    private static JsonNode? Hide(JsonNode? node, byte[] key) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            new KeyValuePair<string, JsonNode?>(HideText(member.Key, key), Hide(member.Value, key)))),
        JsonArray items => new JsonArray([.. items.Select(item => Hide(item, key))]),
        JsonValue value when value.TryGetValue<string>(out var text) => HideText(text, key),
        _ => node?.DeepClone(),
    };

    private static string HideText(string text, byte[] key)
    {
        var hidden = new StringBuilder();
        var position = 0;
        for (var at = NextAt(text, 0); at.Index >= 0; at = NextAt(text, at.Index + at.Length))
        {
            var start = at.Index;
            while (start > position && IsLocalPart(text[start - 1]))
            {
                start--;
            }

            var domain = at.Index + at.Length;
            var end = domain;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            {
                end++;
            }

            while (end > domain && text[end - 1] == '.')
            {
                end--;
            }

            if (start < at.Index && end > domain)
            {
                var address = $"{text.Substring(start, at.Index - start)}@{text.Substring(domain, end - domain)}";
                hidden.Append(text, position, start - position).Append(Pseudonym(address, key));
                position = end;
            }
        }

        return hidden.Append(text, position, text.Length - position).ToString();
    }

    // In the path of a request the sign is written %40.
    private static (int Index, int Length) NextAt(string text, int from)
    {
        var plain = text.IndexOf('@', from);
        var escaped = text.IndexOf("%40", from, StringComparison.Ordinal);
        return escaped < 0 || (plain >= 0 && plain < escaped) ? (plain, 1) : (escaped, 3);
    }

    private static bool IsLocalPart(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '+' or '-' or '\'';

    private static string Pseudonym(string address, byte[] key)
    {
        using var hmac = new HMACSHA256(key);
        var hash = hmac.ComputeHash(Encoding.UTF8.GetBytes(address.ToLowerInvariant()));
        return "user-" + string.Concat(hash.Take(6).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
