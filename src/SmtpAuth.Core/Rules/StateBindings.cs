using System.Collections;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>Gives the facts of one state to conditions, each converted once; remembers why unread parts are unread.</summary>
internal sealed class StateBindings(TenantState state) : ICelBindings
{
    private readonly Dictionary<string, CelValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);

    public TenantState State { get; } = state;

    public bool TryGet(string name, out CelValue value)
    {
        if (!_values.TryGetValue(name, out value))
        {
            value = State.TryGet(name, out var fact) && fact.IsKnown
                ? ToValue(fact.Value)
                : CelValue.Unknown(UnknownSet.Of(name));
            _values.Add(name, value);
        }

        return true;
    }

    /// <summary>Converts a value of a fact.</summary>
    public CelValue ToValue(object? value) => CelValue.FromObject(Convert(value));

    /// <summary>Tells why something that a condition found unknown is unknown.</summary>
    public string Reason(string name) =>
        State.TryGet(name, out var fact) && !fact.IsKnown ? fact.Reason!
        : _reasons.TryGetValue(name, out var reason) ? reason
        : "It was not read.";

    private object? Convert(object? value)
    {
        switch (value)
        {
            case Unread unread:
                if (!_reasons.ContainsKey(unread.Fact))
                {
                    _reasons.Add(unread.Fact, unread.Reason);
                }

                return new UnknownValue(unread.Fact);
            case string or null:
                return value;
            case IReadOnlyDictionary<string, object?> map:
                return map.ToDictionary(member => member.Key, member => Convert(member.Value), StringComparer.Ordinal);
            case IEnumerable list:
                return list.Cast<object?>().Select(Convert).ToList();
            default:
                return value;
        }
    }
}
