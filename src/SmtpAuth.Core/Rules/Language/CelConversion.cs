using System.Collections;

namespace SmtpAuth.Rules.Language;

internal static class CelConversion
{
    private const int MaximumDepth = 64;

    public static CelValue FromObject(object? value, int depth) => value switch
    {
        null => CelValue.Null,
        CelValue known => known,
        bool flag => CelValue.From(flag),
        string text => CelValue.From(text),
        int number => CelValue.From((long)number),
        long number => CelValue.From(number),
        double number => CelValue.From(number),
        byte[] octets => CelValue.From(octets),
        DateTimeOffset moment => CelValue.From(moment),
        TimeSpan length => CelValue.From(length),
        UnknownValue unknown => CelValue.Unknown(UnknownSet.Of(unknown.Name)),
        DateTime moment => CelValue.From(moment.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(moment, TimeSpan.Zero)
            : new DateTimeOffset(moment)),
        uint number => CelValue.From((ulong)number),
        ulong number => CelValue.From(number),
        short number => CelValue.From((long)number),
        ushort number => CelValue.From((ulong)number),
        byte number => CelValue.From((ulong)number),
        sbyte number => CelValue.From((long)number),
        float number => CelValue.From((double)number),
        decimal number => CelValue.From((double)number),
        CelType type => CelValue.From(type),
        CelError error => CelValue.Error(error),
        _ when depth >= MaximumDepth => CelValue.Error($"the value is nested deeper than {MaximumDepth} levels"),
        IReadOnlyDictionary<string, object?> map => FromEntries(map, depth),
        IDictionary map => FromDictionary(map, depth),
        IEnumerable items => FromItems(items, depth),
        _ => CelValue.Error($"a value of type {value.GetType().Name} has no counterpart in the language"),
    };

    public static object? ToObject(CelValue value) => value.Kind switch
    {
        CelKind.Null => null,
        CelKind.Bool => value.BoolBits,
        CelKind.Int => value.Bits,
        CelKind.Uint => value.UintBits,
        CelKind.Double => value.DoubleBits,
        CelKind.Timestamp => value.AsTimestamp(),
        CelKind.Duration => value.AsDuration(),
        CelKind.List => value.ListReference.Items.Select(ToObject).ToList(),
        CelKind.Map => ToDictionary(value.MapReference),
        CelKind.Optional => value.TryGetOptional(out var held) ? ToObject(held) : null,
        CelKind.Unknown => new UnknownValue(value.AsUnknown().ToString()),
        _ => value.Reference,
    };

    private static Dictionary<string, object?> ToDictionary(CelMap map)
    {
        var result = new Dictionary<string, object?>(map.Count, StringComparer.Ordinal);
        foreach (var entry in map)
        {
            result[entry.Key.Kind == CelKind.String ? entry.Key.StringReference : entry.Key.ToString()] = ToObject(entry.Value);
        }

        return result;
    }

    private static CelValue FromEntries(IReadOnlyDictionary<string, object?> map, int depth)
    {
        var builder = new CelMapBuilder(map.Count);
        foreach (var entry in map)
        {
            var problem = Add(builder, CelValue.From(entry.Key), entry.Value, depth);
            if (problem.IsError)
            {
                return problem;
            }
        }

        return CelValue.FromMap(builder.Build());
    }

    private static CelValue FromDictionary(IDictionary map, int depth)
    {
        var builder = new CelMapBuilder(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            var problem = Add(builder, FromObject(entry.Key, depth + 1), entry.Value, depth);
            if (problem.IsError)
            {
                return problem;
            }
        }

        return CelValue.FromMap(builder.Build());
    }

    private static CelValue Add(CelMapBuilder builder, CelValue key, object? value, int depth)
    {
        var converted = FromObject(value, depth + 1);
        return converted.IsError ? converted : builder.Add(key, converted);
    }

    private static CelValue FromItems(IEnumerable items, int depth)
    {
        var list = new List<CelValue>();
        foreach (var item in items)
        {
            var converted = FromObject(item, depth + 1);
            if (converted.IsError)
            {
                return converted;
            }

            list.Add(converted);
        }

        return CelValue.FromList(new CelList([.. list]));
    }
}
