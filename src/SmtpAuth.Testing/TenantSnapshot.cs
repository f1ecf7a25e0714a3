using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Every object of the tenant at one moment: settings, not logs and not passwords.</summary>
/// <remarks>
/// <para>Time stamps that move with every write (<c>WhenChangedUTC</c>, <c>modifiedDateTime</c>) are left out of
/// <see cref="Json"/>, so that a change and its undo give equal texts.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class TenantSnapshot
{
    internal TenantSnapshot(IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, JsonObject>>> objects)
    {
        Objects = objects;
        Json = Model.Json.Write(
            Model.Json.Canonical(new JsonObject(objects
                .Where(kind => kind.Value.Count > 0)
                .Select(kind => KeyValuePair.Create(
                    kind.Key,
                    (JsonNode?)new JsonObject(kind.Value.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.Copy()))))))),
            indented: true);
    }

    /// <summary>Gets the canonical JSON text: kind, then id, then the object; members in ordinal order, indented.</summary>
    public string Json { get; }

    internal IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, JsonObject>>> Objects { get; }

    /// <summary>Lists what differs in <paramref name="other"/>, one line per property; empty when nothing does.</summary>
    /// <param name="other">The later snapshot.</param>
    /// <returns>Lines such as <c>casMailboxes/…/SmtpClientAuthenticationDisabled: null => false</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public IReadOnlyList<string> DifferencesTo(TenantSnapshot other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            .. from kind in Objects.Keys.Union(other.Objects.Keys, StringComparer.Ordinal)
               let before = ById(this, kind)
               let after = ById(other, kind)
               from id in before.Keys.Union(after.Keys, StringComparer.Ordinal)
               let old = before.GetValueOrDefault(id)
               let now = after.GetValueOrDefault(id)
               where !JsonNode.DeepEquals(old, now)
               from change in ObjectDifference.Between(old, now)
               select $"{kind}/{id}/{change.Property}: {change.Before ?? "(absent)"} => {change.After ?? "(absent)"}",
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => Json;

    private static Dictionary<string, JsonObject> ById(TenantSnapshot snapshot, string kind) =>
        snapshot.Objects.TryGetValue(kind, out var entries)
            ? new Dictionary<string, JsonObject>(entries, StringComparer.Ordinal)
            : [];
}
