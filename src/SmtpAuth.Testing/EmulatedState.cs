using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Everything the emulated tenant knows, readable and changeable behind the services' backs.</summary>
/// <remarks>
/// <para>Objects are JSON, in the members of the service that owns them. What is returned is a copy.</para>
/// <para>Every change after the start goes to the change log and takes effect on submissions after the delay that
/// <see cref="PropagationDelays"/> gives for its setting.</para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class EmulatedState
{
    private const int MostHistory = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<KeyValuePair<string, JsonObject>>> _objects = new(StringComparer.Ordinal);
    private readonly List<Past> _history = [];
    private readonly List<TenantChange> _changes = [];
    private readonly TimeProvider _timeProvider;
    private bool _recording;

    internal EmulatedState(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <summary>Gets or sets a value indicating whether Entra security defaults are on.</summary>
    public bool SecurityDefaults
    {
        get => Single(ObjectKinds.SecurityDefaults).Flag("isEnabled") ?? false;
        set => ChangeSingle(ObjectKinds.SecurityDefaults, policy => policy["isEnabled"] = value);
    }

    /// <summary>Gets or sets the organization's switch that turns SMTP AUTH off for mailboxes that inherit.</summary>
    /// <value><see langword="null"/> where the service answers null; submissions then count it as not disabled.</value>
    public bool? OrganizationSmtpAuthDisabled
    {
        get => Single(ObjectKinds.TransportConfig).Flag("SmtpClientAuthenticationDisabled");
        set => ChangeSingle(ObjectKinds.TransportConfig, config => config["SmtpClientAuthenticationDisabled"] = value);
    }

    /// <summary>Gets or sets the name of the organization's default authentication policy.</summary>
    /// <value><see langword="null"/> when there is none.</value>
    public string? DefaultAuthenticationPolicy
    {
        get => Single(ObjectKinds.OrganizationConfig).Text("DefaultAuthenticationPolicy");
        set => ChangeSingle(ObjectKinds.OrganizationConfig, config => config["DefaultAuthenticationPolicy"] = value);
    }

    internal CredentialStore Credentials { get; } = new();

    /// <summary>Gets a handle on one user and the mailbox that belongs to it.</summary>
    /// <param name="identity">The user principal name or the object id; letter case does not matter.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public EmulatedUser User(string identity)
    {
        var user = All(ObjectKinds.Users).FirstOrDefault(candidate =>
            Same(candidate.Text("userPrincipalName"), identity) || Same(candidate.Text("id"), identity));
        return user is null
            ? throw new ArgumentException($"Expected a user of the tenant, found '{identity}'. Add it with WithUser.", nameof(identity))
            : new EmulatedUser(this, user.Text("id")!, user.Text("userPrincipalName")!);
    }

    /// <summary>Returns copies of all objects of one kind, in the order in which they were added.</summary>
    /// <param name="kind">One of <see cref="ObjectKinds"/>.</param>
    /// <returns>The copies; empty for an unknown kind.</returns>
    public IReadOnlyList<JsonObject> All(string kind)
    {
        lock (_lock)
        {
            return [.. Entries(kind).Select(entry => entry.Value.Copy())];
        }
    }

    /// <summary>Returns a copy of one object.</summary>
    /// <param name="kind">One of <see cref="ObjectKinds"/>.</param>
    /// <param name="id">The object's id, compared exactly.</param>
    /// <returns>The copy, or <see langword="null"/> when there is none.</returns>
    public JsonObject? Find(string kind, string id)
    {
        lock (_lock)
        {
            return Entries(kind).FirstOrDefault(entry => entry.Key == id).Value?.Copy();
        }
    }

    /// <summary>Adds an object, or replaces the one of the same id.</summary>
    /// <param name="kind">One of <see cref="ObjectKinds"/>.</param>
    /// <param name="id">The object's id.</param>
    /// <param name="value">The object; copied.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public void Put(string kind, string id, JsonObject value) => Put(kind, id, value, "test");

    /// <summary>Changes one object.</summary>
    /// <param name="kind">One of <see cref="ObjectKinds"/>.</param>
    /// <param name="id">The object's id.</param>
    /// <param name="change">Changes the copy it is given; the copy then replaces the object.</param>
    /// <returns><see langword="false"/> when there is no such object.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public bool Change(string kind, string id, Action<JsonObject> change) => Change(kind, id, change, "test");

    /// <summary>Removes one object.</summary>
    /// <param name="kind">One of <see cref="ObjectKinds"/>.</param>
    /// <param name="id">The object's id.</param>
    /// <returns><see langword="false"/> when there is no such object.</returns>
    public bool Remove(string kind, string id) => Remove(kind, id, "test");

    internal void StartRecording() => _recording = true;

    internal IReadOnlyList<TenantChange> Changes()
    {
        lock (_lock)
        {
            return [.. _changes];
        }
    }

    internal JsonObject Single(string kind) => SingleAsSeen(kind, TimeSpan.Zero);

    internal JsonObject SingleAsSeen(string kind, TimeSpan lag) => AsSeen(kind, lag) is [var only, ..] ? only : [];

    internal void Put(string kind, string id, JsonObject value, string source)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            var entries = Entries(kind);
            var index = entries.FindIndex(entry => entry.Key == id);
            Record(kind, id, index < 0 ? null : entries[index].Value, value, source);
            var stored = KeyValuePair.Create(id, value.Copy());
            if (index < 0)
            {
                entries.Add(stored);
            }
            else
            {
                entries[index] = stored;
            }
        }
    }

    internal bool Change(string kind, string id, Action<JsonObject> change, string source)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            if (Find(kind, id) is not { } copy)
            {
                return false;
            }

            change(copy);
            Put(kind, id, copy, source);
            return true;
        }
    }

    internal bool Remove(string kind, string id, string source)
    {
        lock (_lock)
        {
            var entries = Entries(kind);
            var index = entries.FindIndex(entry => entry.Key == id);
            if (index < 0)
            {
                return false;
            }

            Record(kind, id, entries[index].Value, null, source);
            entries.RemoveAt(index);
            return true;
        }
    }

    internal void ChangeSingle(string kind, Action<JsonObject> change, string source = "test")
    {
        lock (_lock)
        {
            if (Entries(kind) is [var only, ..])
            {
                Change(kind, only.Key, change, source);
            }
            else
            {
                var created = new JsonObject();
                change(created);
                Put(kind, kind, created, source);
            }
        }
    }

    /// <summary>Returns the objects of a kind as somebody sees them who learns of every change <paramref name="lag"/> late.</summary>
    internal IReadOnlyList<JsonObject> AsSeen(string kind, TimeSpan lag)
    {
        if (lag <= TimeSpan.Zero)
        {
            return All(kind);
        }

        lock (_lock)
        {
            var cutoff = _timeProvider.GetUtcNow() - lag;
            var seen = Entries(kind).Select(entry => KeyValuePair.Create(entry.Key, entry.Value)).ToList();
            for (var index = _history.Count - 1; index >= 0 && _history[index].At > cutoff; index--)
            {
                var past = _history[index];
                if (past.Kind != kind)
                {
                    continue;
                }

                var position = seen.FindIndex(entry => entry.Key == past.Id);
                if (position >= 0)
                {
                    seen.RemoveAt(position);
                }

                if (past.Before is not null)
                {
                    seen.Insert(position >= 0 ? position : seen.Count, KeyValuePair.Create(past.Id, past.Before));
                }
            }

            return [.. seen.Select(entry => entry.Value.Copy())];
        }
    }

    /// <summary>Returns one object as somebody sees it who learns of every change <paramref name="lag"/> late.</summary>
    internal JsonObject? AsSeen(string kind, string id, TimeSpan lag)
    {
        lock (_lock)
        {
            var cutoff = _timeProvider.GetUtcNow() - lag;
            var seen = Entries(kind).FirstOrDefault(entry => entry.Key == id).Value;
            for (var index = _history.Count - 1; lag > TimeSpan.Zero && index >= 0 && _history[index].At > cutoff; index--)
            {
                if (_history[index].Kind == kind && _history[index].Id == id)
                {
                    seen = _history[index].Before;
                }
            }

            return seen?.Copy();
        }
    }

    internal TenantSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new TenantSnapshot(_objects.ToDictionary(
                kind => kind.Key,
                IReadOnlyList<KeyValuePair<string, JsonObject>> (kind) =>
                    [.. kind.Value.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Copy()))],
                StringComparer.Ordinal));
        }
    }

    internal void Restore(TenantSnapshot snapshot)
    {
        lock (_lock)
        {
            _objects.Clear();
            foreach (var (kind, entries) in snapshot.Objects)
            {
                Entries(kind).AddRange(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Copy())));
            }

            _history.Clear();
            _changes.Clear();
        }
    }

    internal static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private void Record(string kind, string id, JsonObject? before, JsonObject? after, string source)
    {
        if (!_recording)
        {
            return;
        }

        var now = _timeProvider.GetUtcNow();
        if (_history.Count >= MostHistory)
        {
            _history.RemoveRange(0, MostHistory / 2);
            _changes.RemoveRange(0, _changes.Count / 2);
        }

        _history.Add(new Past(now, kind, id, before?.Copy()));
        _changes.AddRange(ObjectDifference.Between(before, after)
            .Where(change => change.Property.Length > 0 || before is null || after is null)
            .Select(change => new TenantChange(source, kind, id, change.Property, change.Before, change.After, now)));
    }

    private List<KeyValuePair<string, JsonObject>> Entries(string kind)
    {
        if (!_objects.TryGetValue(kind, out var entries))
        {
            _objects[kind] = entries = [];
        }

        return entries;
    }

    private sealed record Past(DateTimeOffset At, string Kind, string Id, JsonObject? Before);
}
