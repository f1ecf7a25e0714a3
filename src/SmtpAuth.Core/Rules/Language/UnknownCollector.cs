namespace SmtpAuth.Rules.Language;

// Joins unknown sets without making a new one for each of many elements.
internal struct UnknownCollector
{
    private UnknownSet? _only;
    private HashSet<string>? _names;

    public readonly bool Any => _only is not null;

    public void Add(CelValue unknown)
    {
        var set = unknown.AsUnknown();
        if (_only is null)
        {
            _only = set;
        }
        else if (!ReferenceEquals(_only, set))
        {
            _names ??= new HashSet<string>(_only.Names, StringComparer.Ordinal);
            _names.UnionWith(set.Names);
        }
    }

    public void AddNested(CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.Unknown:
                Add(value);
                break;
            case CelKind.List when value.ListReference.HasUnknown:
                foreach (var item in value.ListReference.Items)
                {
                    AddNested(item);
                }

                break;
            case CelKind.Map when value.MapReference.HasUnknown:
                foreach (var entry in value.MapReference)
                {
                    AddNested(entry.Value);
                }

                break;
            case CelKind.Optional when value.TryGetOptional(out var held):
                AddNested(held);
                break;
        }
    }

    public readonly CelValue ToValue() => CelValue.Unknown(_names is null ? _only! : UnknownSet.Of(_names));
}
