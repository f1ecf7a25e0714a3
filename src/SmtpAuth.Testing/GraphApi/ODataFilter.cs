using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>The part of OData's $filter that Graph clients use here: comparisons, and, or, not, parentheses, startsWith, endsWith,
/// contains, in, any over a list of texts.</summary>
internal sealed class ODataFilter
{
    private const int DeepestNesting = 32;

    private readonly List<string> _tokens;
    private int _position;
    private int _depth;

    private ODataFilter(List<string> tokens) => _tokens = tokens;

    /// <summary>Gets a value indicating whether the filter needs ConsistencyLevel: eventual.</summary>
    public bool IsAdvanced { get; private set; }

    /// <summary>Compiles a filter; null when it cannot be understood.</summary>
    public static (Func<JsonObject, bool> Matches, bool IsAdvanced)? TryCompile(string text)
    {
        if (Tokenize(text) is not { } tokens)
        {
            return null;
        }

        var parser = new ODataFilter(tokens);
        try
        {
            var matches = parser.Or();
            return parser._position == tokens.Count ? (matches, parser.IsAdvanced) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static List<string>? Tokenize(string text)
    {
        var tokens = new List<string>();
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            if (char.IsWhiteSpace(text[index]))
            {
                index++;
                continue;
            }

            if (text[index] is '(' or ')' or ',')
            {
                index++;
            }
            else if (text[index] == '\'')
            {
                index++;
                while (index < text.Length && (text[index] != '\'' || (index + 1 < text.Length && text[index + 1] == '\'')))
                {
                    index += text[index] == '\'' ? 2 : 1;
                }

                if (index++ >= text.Length)
                {
                    return null;
                }
            }
            else
            {
                while (index < text.Length && !char.IsWhiteSpace(text[index]) && text[index] is not ('(' or ')' or ',' or '\''))
                {
                    index++;
                }
            }

            tokens.Add(text[start..index]);
        }

        return tokens.Count == 0 ? null : tokens;
    }

    private static int? Compare(JsonNode? value, string literal)
    {
        if (literal.StartsWith('\''))
        {
            var text = Unquote(literal);
            return value is JsonValue found && found.TryGetValue<string>(out var actual)
                ? Math.Sign(string.Compare(actual, text, StringComparison.OrdinalIgnoreCase))
                : null;
        }

        if (literal == "null")
        {
            return value is null ? 0 : 1;
        }

        if (value is not JsonValue known)
        {
            return null;
        }

        if (bool.TryParse(literal, out var flag))
        {
            return known.TryGetValue<bool>(out var actual) ? actual.CompareTo(flag) : null;
        }

        if (decimal.TryParse(literal, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return known.GetValueKind() == JsonValueKind.Number
                && decimal.TryParse(known.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var actual)
                    ? actual.CompareTo(number)
                    : null;
        }

        if (Time(literal) is { } time)
        {
            return known.TryGetValue<string>(out var actual) && Time(actual) is { } at ? at.CompareTo(time) : null;
        }

        return known.TryGetValue<string>(out var word) && string.Equals(word, literal, StringComparison.OrdinalIgnoreCase) ? 0 : null;
    }

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Unquote(string literal) => literal[1..^1].Replace("''", "'", StringComparison.Ordinal);

    private static JsonNode? Read(JsonNode? node, string path)
    {
        foreach (var name in path.Split('/'))
        {
            node = node is JsonObject members
                ? members.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value
                : null;
        }

        return node;
    }

    private Func<JsonObject, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (first, second) = (left, And());
            left = item => first(item) || second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> And()
    {
        var left = Not();
        while (Take("and"))
        {
            var (first, second) = (left, Not());
            left = item => first(item) && second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> Not()
    {
        if (++_depth > DeepestNesting)
        {
            throw new FormatException();
        }

        try
        {
            if (Take("not"))
            {
                IsAdvanced = true;
                var inner = Not();
                return item => !inner(item);
            }

            if (Take("("))
            {
                var inner = Or();
                Expect(")");
                return inner;
            }

            return Comparison();
        }
        finally
        {
            _depth--;
        }
    }

    private Func<JsonObject, bool> Comparison()
    {
        var name = Next();
        if (Take("("))
        {
            return name.EndsWith("/any", StringComparison.Ordinal) ? Any(name[..^4]) : Function(name);
        }

        var comparison = Next();
        if (comparison == "in")
        {
            Expect("(");
            var choices = new List<string> { Next() };
            while (Take(","))
            {
                choices.Add(Next());
            }

            Expect(")");
            return item => choices.Exists(choice => Compare(Read(item, name), choice) == 0);
        }

        var literal = Next();
        IsAdvanced |= comparison == "ne";
        return comparison switch
        {
            "eq" => item => Compare(Read(item, name), literal) == 0,
            "ne" => item => Compare(Read(item, name), literal) != 0,
            "gt" => item => Compare(Read(item, name), literal) > 0,
            "ge" => item => Compare(Read(item, name), literal) >= 0,
            "lt" => item => Compare(Read(item, name), literal) < 0,
            "le" => item => Compare(Read(item, name), literal) <= 0,
            _ => throw new FormatException(),
        };
    }

    private Func<JsonObject, bool> Function(string function)
    {
        var name = Next();
        Expect(",");
        var text = Unquote(Next().StartsWith('\'') ? _tokens[_position - 1] : throw new FormatException());
        Expect(")");
        IsAdvanced |= function is "endsWith" or "endswith";
        Func<string, bool> test = function.ToUpperInvariant() switch
        {
            "STARTSWITH" => value => value.StartsWith(text, StringComparison.OrdinalIgnoreCase),
            "ENDSWITH" => value => value.EndsWith(text, StringComparison.OrdinalIgnoreCase),
            "CONTAINS" => value => value.Contains(text, StringComparison.OrdinalIgnoreCase),
            _ => throw new FormatException(),
        };
        return item => Read(item, name) is JsonValue value && value.TryGetValue<string>(out var actual) && test(actual);
    }

    // list/any(x:x eq 'value')
    private Func<JsonObject, bool> Any(string list)
    {
        var lambda = new List<string>();
        while (!Take(")"))
        {
            lambda.Add(Next());
        }

        var words = string.Join(' ', lambda).Replace(":", " : ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var variable, ":", var used, "eq", ..] || variable != used || !lambda[^1].StartsWith('\''))
        {
            throw new FormatException();
        }

        var literal = lambda[^1];
        return item => Read(item, list) is JsonArray values && values.Any(value => Compare(value, literal) == 0);
    }

    private bool Take(string token)
    {
        if (_position < _tokens.Count && _tokens[_position] == token)
        {
            _position++;
            return true;
        }

        return false;
    }

    private string Next() => _position < _tokens.Count ? _tokens[_position++] : throw new FormatException();

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw new FormatException();
        }
    }
}
