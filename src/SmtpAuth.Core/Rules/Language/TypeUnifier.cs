namespace SmtpAuth.Rules.Language;

// Decides which types go together and what the placeholders of signatures and empty lists stand for.
internal sealed class TypeUnifier
{
    private readonly Dictionary<string, CelType> _substitutions = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, CelType?>> _trail = [];
    private int _fresh;

    // A placeholder of its own, such as the element type of [].
    public CelType Fresh() => CelType.Parameter($"_{_fresh++}");

    public CelType[] Freshen(CelType[] types, Dictionary<string, CelType> renamed) => [.. types.Select(type => Freshen(type, renamed))];

    public CelType Freshen(CelType type, Dictionary<string, CelType> renamed)
    {
        if (type.Kind == CelTypeKind.Parameter)
        {
            if (!renamed.TryGetValue(type.Name, out var fresh))
            {
                renamed.Add(type.Name, fresh = Fresh());
            }

            return fresh;
        }

        return type.Parameters.Count == 0 ? type : type.WithParameters([.. type.Parameters.Select(part => Freshen(part, renamed))]);
    }

    // All or nothing: where one pair does not agree, no placeholder keeps what the others have taught.
    public bool TryAssign(IReadOnlyList<CelType> actual, IReadOnlyList<CelType> formal)
    {
        _trail.Clear();
        for (var i = 0; i < actual.Count; i++)
        {
            if (!Assignable(actual[i], formal[i]))
            {
                Undo();
                return false;
            }
        }

        return true;
    }

    public CelType Substitute(CelType type, bool openIsDyn)
    {
        if (type.Kind == CelTypeKind.Parameter)
        {
            return _substitutions.TryGetValue(type.Name, out var found) ? Substitute(found, openIsDyn)
                : openIsDyn ? CelType.Dyn : type;
        }

        return type.Parameters.Count == 0 ? type : type.WithParameters([.. type.Parameters.Select(part => Substitute(part, openIsDyn))]);
    }

    // The type of a place where either may stand, such as the elements of a list.
    public CelType Join(CelType left, CelType right) =>
        TryAssign([left], [right]) ? MostGeneral(left, right) : CelType.Dyn;

    private static CelType MostGeneral(CelType left, CelType right)
    {
        if (left.Kind == CelTypeKind.Null && right.Kind != CelTypeKind.Null)
        {
            return right;
        }

        return right.Kind == CelTypeKind.Null || IsEqualOrMoreGeneral(left, right) ? left : right;
    }

    private static bool IsEqualOrMoreGeneral(CelType left, CelType right)
    {
        if (left.IsDyn || left.Kind == CelTypeKind.Parameter)
        {
            return true;
        }

        if (right.IsDyn || right.Kind == CelTypeKind.Parameter)
        {
            return false;
        }

        if (left.Kind == CelTypeKind.Nullable)
        {
            return left.Parameters[0].Equals(right) || left.Equals(right);
        }

        return left.Kind == right.Kind && left.Name == right.Name && left.Parameters.Count == right.Parameters.Count
            && left.Parameters.Zip(right.Parameters, IsEqualOrMoreGeneral).All(static general => general);
    }

    private static bool IsNullable(CelType type) => type.Kind is CelTypeKind.Null or CelTypeKind.Nullable or CelTypeKind.Opaque
        or CelTypeKind.Timestamp or CelTypeKind.Duration;

    // Forgets what the last assignment taught.
    public void Undo()
    {
        for (var i = _trail.Count - 1; i >= 0; i--)
        {
            if (_trail[i].Value is { } previous)
            {
                _substitutions[_trail[i].Key] = previous;
            }
            else
            {
                _substitutions.Remove(_trail[i].Key);
            }
        }
    }

    private void Set(CelType placeholder, CelType type)
    {
        _trail.Add(new(placeholder.Name, _substitutions.TryGetValue(placeholder.Name, out var previous) ? previous : null));
        _substitutions[placeholder.Name] = type;
    }

    private bool Assignable(CelType left, CelType right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (right.Kind == CelTypeKind.Parameter)
        {
            if (TrySubstitute(left, right, out var isTaken))
            {
                return true;
            }

            if (isTaken)
            {
                return false;
            }
        }

        if (left.Kind == CelTypeKind.Parameter)
        {
            return TrySubstitute(right, left, out _);
        }

        if (left.IsDyn || right.IsDyn)
        {
            return true;
        }

        if (left.Kind == CelTypeKind.Null || right.Kind == CelTypeKind.Null)
        {
            return IsNullable(left.Kind == CelTypeKind.Null ? right : left);
        }

        if (left.Kind == CelTypeKind.Nullable || right.Kind == CelTypeKind.Nullable)
        {
            return Assignable(Underlying(left), Underlying(right));
        }

        if (left.Kind == CelTypeKind.Type)
        {
            return right.Kind == CelTypeKind.Type;
        }

        return left.Kind == right.Kind && left.Name == right.Name && left.Parameters.Count == right.Parameters.Count
            && left.Parameters.Zip(right.Parameters, Assignable).All(static assignable => assignable);
    }

    private static CelType Underlying(CelType type) => type.Kind == CelTypeKind.Nullable ? type.Parameters[0] : type;

    private bool TrySubstitute(CelType type, CelType placeholder, out bool isTaken)
    {
        isTaken = true;
        if (type.Equals(placeholder))
        {
            return true;
        }

        if (_substitutions.TryGetValue(placeholder.Name, out var current))
        {
            if (type.Equals(current))
            {
                return true;
            }

            if (!Assignable(type, current))
            {
                return false;
            }

            var general = MostGeneral(type, current);
            if (!Mentions(general, placeholder))
            {
                Set(placeholder, general);
            }

            return true;
        }

        isTaken = false;
        if (Mentions(type, placeholder))
        {
            return false;
        }

        Set(placeholder, type);
        return true;
    }

    private bool Mentions(CelType type, CelType placeholder)
    {
        if (type.Equals(placeholder))
        {
            return true;
        }

        if (type.Kind == CelTypeKind.Parameter)
        {
            return _substitutions.TryGetValue(type.Name, out var found) && Mentions(found, placeholder);
        }

        foreach (var part in type.Parameters)
        {
            if (Mentions(part, placeholder))
            {
                return true;
            }
        }

        return false;
    }
}
