using System.Globalization;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language;

/// <summary>Expressions and facts made at random from a seed: mostly well-typed, sometimes not.</summary>
internal sealed class RandomExpression(int seed)
{
    public static readonly CelEnvironment Environment = Declare(new CelEnvironment.Builder()).Build();

    public static readonly CelEnvironment Unchecked = Declare(new CelEnvironment.Builder()).WithoutChecks().Build();

    private static readonly string[] Words = ["", "a", "ab", "basic", "Basic", "ñ", "😀a", "a.b@contoso.example"];

    private readonly Random _random = new(seed);
    private int _variables;

    private static CelEnvironment.Builder Declare(CelEnvironment.Builder builder) => builder
        .AddVariable("f.flag", CelType.Bool)
        .AddVariable("f.maybe", CelType.Nullable(CelType.Bool))
        .AddVariable("f.number", CelType.Int)
        .AddVariable("f.text", CelType.String)
        .AddVariable("f.words", CelType.List(CelType.String))
        .AddVariable("f.objects", CelType.List(CelType.Map(CelType.String, CelType.Dyn)))
        .AddVariable("f.any", CelType.Dyn);

    public static readonly string[] Facts = ["f.flag", "f.maybe", "f.number", "f.text", "f.words", "f.objects", "f.any"];

    /// <summary>A value that fits the fact's type; parts of it may be unknown.</summary>
    public object? Value(string fact, bool mayHaveUnknownParts) => fact switch
    {
        "f.flag" => _random.Next(2) == 0,
        "f.maybe" => _random.Next(3) switch { 0 => null, 1 => true, _ => false },
        "f.number" => (long)_random.Next(-3, 4),
        "f.text" => Pick(Words),
        "f.words" => List(() => Part(Pick(Words), "word", mayHaveUnknownParts)),
        "f.objects" => List(() => new Dictionary<string, object?>
        {
            ["state"] = Part(Pick(Words), "state", mayHaveUnknownParts),
            ["size"] = Part((long)_random.Next(3), "size", mayHaveUnknownParts),
        }),
        _ => Value(Pick(["f.flag", "f.number", "f.text", "f.words", "f.objects"]), mayHaveUnknownParts),
    };

    public string Bool(int depth)
    {
        if (depth <= 0)
        {
            return Pick(["true", "false", "f.flag", "f.flag", "(f.maybe == null)", "(f.any == 1)", "has(f.text)"]);
        }

        return _random.Next(17) switch
        {
            0 or 1 => $"({Bool(depth - 1)} && {Bool(depth - 1)})",
            2 or 3 => $"({Bool(depth - 1)} || {Bool(depth - 1)})",
            4 => $"!{Bool(depth - 1)}",
            5 => $"({Bool(depth - 1)} ? {Bool(depth - 1)} : {Bool(depth - 1)})",
            6 => $"({Number(depth - 1)} {Pick(["==", "!=", "<", "<=", ">", ">="])} {Number(depth - 1)})",
            7 => $"({Text(depth - 1)} {Pick(["==", "!=", "<"])} {Text(depth - 1)})",
            8 => $"{Text(depth - 1)}.{Pick(["startsWith", "endsWith", "contains", "matches"])}({Text(0)})",
            9 => $"({Text(depth - 1)} in {WordList(depth - 1)})",
            10 => Quantified(WordList(depth - 1), variable => $"{variable} == {Text(depth - 1)}"),
            11 => Quantified("f.objects", variable => $"{variable}.state == {Text(depth - 1)} || {variable}.size > {Number(depth - 1)}"),
            12 => $"has(f.objects[{_random.Next(3)}].{Pick(["state", "other"])})",
            13 => $"(f.maybe == {Pick(["null", "true", "f.flag"])})",
            14 => $"({WordList(depth - 1)} == {WordList(depth - 1)})",
            15 => $"(f.any == {Pick([Number(depth - 1), Text(depth - 1), WordList(depth - 1)])})",
            _ => Bool(0),
        };
    }

    /// <summary>Tokens in any order: rarely an expression.</summary>
    public string Soup()
    {
        string[] tokens =
        [
            "f.flag", "f.text", "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "&&", "||", "!", "-", "+", "*", "/", "%", "==", "in",
            "1", "0x1F", "1.5e3", "9223372036854775808", "7u", "'a'", "\"b\"", "r'\\'", "b'\\xff'", "'''", "\\", "`x-y`", "//c\n",
            "null", "true", "size", "map(x,", "all(y, y", "cel.bind(z,", "has(", "math.greatest(", "timestamp('2026-11-25T00:00:00Z')",
            "duration('1h')", "matches('(a*)*b')", "optional.of(", "[?", ".?", "format([", "\u0000", "é", "\ud800", " ", " ", "@",
        ];
        return string.Concat(Enumerable.Range(0, _random.Next(1, 25)).Select(_ => Pick(tokens)));
    }

    private string Number(int depth) => depth <= 0
        ? Pick(["f.number", _random.Next(-3, 4).ToString(CultureInfo.InvariantCulture), "0", "9223372036854775807"])
        : _random.Next(6) switch
        {
            0 => $"({Number(depth - 1)} {Pick(["+", "-", "*", "/", "%"])} {Number(depth - 1)})",
            1 => $"size({Pick([Text(depth - 1), WordList(depth - 1), "f.objects"])})",
            2 => $"int({Pick([Text(depth - 1), Number(depth - 1)])})",
            3 => $"({Bool(depth - 1)} ? {Number(depth - 1)} : {Number(depth - 1)})",
            4 => $"f.objects[{_random.Next(3)}].size",
            _ => Number(0),
        };

    private string Text(int depth) => depth <= 0
        ? Pick(["f.text", $"'{Pick(Words)}'"])
        : _random.Next(7) switch
        {
            0 => $"({Text(depth - 1)} + {Text(depth - 1)})",
            1 => $"string({Number(depth - 1)})",
            2 => $"{Text(depth - 1)}.{Pick(["lowerAscii()", "trim()", "reverse()", "replace('a', 'b')"])}",
            3 => $"{WordList(depth - 1)}[{_random.Next(3)}]",
            4 => $"{WordList(depth - 1)}.join('-')",
            5 => $"cel.bind({Variable(out var name)}, {Text(depth - 1)}, {name} + {name})",
            _ => Text(0),
        };

    private string WordList(int depth) => depth <= 0
        ? Pick(["f.words", "[]", $"['{Pick(Words)}', '{Pick(Words)}']"])
        : _random.Next(5) switch
        {
            0 => $"({WordList(depth - 1)} + {WordList(depth - 1)})",
            1 => $"{WordList(depth - 1)}.filter({Variable(out var name)}, {name} != {Text(depth - 1)})",
            2 => $"{WordList(depth - 1)}.map({Variable(out var name)}, {name} + {Text(depth - 1)})",
            3 => $"[{Text(depth - 1)}, {Text(depth - 1)}]",
            _ => WordList(0),
        };

    private string Quantified(string range, Func<string, string> body)
    {
        _ = Variable(out var name);
        return $"{range}.{Pick(["all", "exists", "exists_one"])}({name}, {body(name)})";
    }

    private string Variable(out string name) => name = $"v{_variables++}";

    private static object? Part(object? value, string name, bool isUnknown) => isUnknown ? new UnknownValue(name) : value;

    private List<object?> List(Func<object?> item) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => item())];

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
