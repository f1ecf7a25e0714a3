using System.Text.Json;

namespace SmtpAuth.Replies;

/// <summary>Reads catalog documents and says precisely what is wrong with one.</summary>
internal static class ReplyCatalogReader
{
    private const int FormatVersion = 1;
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly string[] DocumentMembers = ["$schema", "formatVersion", "signatures", "providers", "phases", "mailWords"];

    public static ReplyCatalogContent Read(IEnumerable<KeyValuePair<string, string>> documents, ReplyCatalogContent existing)
    {
        var signatures = existing.Signatures.ToList();
        var providers = existing.Providers.ToList();
        var phases = existing.Phases.ToList();
        var mailWords = existing.MailWords.ToList();
        var declaredIn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            using var json = Parse(document.Key, document.Value);
            var root = new CatalogElement(document.Key, "the document", json.RootElement);
            root.ExpectMembers(DocumentMembers);
            if (root.Required("formatVersion").Number(1, 1000) is var version && version != FormatVersion)
            {
                throw root.Wrong($"format version {version}", $"{FormatVersion}");
            }

            foreach (var element in root.List("signatures"))
            {
                var signature = SignatureReader.Read(element);
                if (declaredIn.TryGetValue(signature.Id, out var first))
                {
                    throw element.Wrong($"the id '{signature.Id}' a second time", $"an id of its own (the first is in {first})");
                }

                declaredIn.Add(signature.Id, document.Key);
                var replaced = signatures.FindIndex(other => other.Id == signature.Id);
                if (replaced < 0)
                {
                    signatures.Add(signature);
                }
                else
                {
                    signatures[replaced] = signature;
                }
            }

            providers.AddRange(root.List("providers").Select(SignatureReader.ReadProvider));
            phases.AddRange(root.List("phases").Select(SignatureReader.ReadPhase));
            mailWords.AddRange(root.List("mailWords").Select(SignatureReader.ReadPhrase));
        }

        return new ReplyCatalogContent(signatures, providers, phases, mailWords);
    }

    private static JsonDocument Parse(string name, string text)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                $"{name}, line {exception.LineNumber + 1}: found text that is not JSON, expected a catalog of replies. Correct the file.", exception);
        }
    }
}
