using System.Globalization;

namespace SmtpAuth.Benchmarks;

/// <summary>One test of one fact, which each engine writes in its own way.</summary>
public sealed record Condition(string Property, string Operator, object? Value)
{
    public static string FactName(string property)
    {
        var second = Enumerable.Range(1, property.Length - 1).First(i => char.IsUpper(property[i]));
        return $"{property[..second].ToLowerInvariant()}.{char.ToLowerInvariant(property[second])}{property[(second + 1)..]}";
    }

    public string ToCel() => Operator switch
    {
        "is" => Value is true ? FactName(Property) : $"!{FactName(Property)}",
        "contains" or "startsWith" => $"{FactName(Property)}.{Operator}({CelLiteral})",
        _ => $"{FactName(Property)} {Operator} {CelLiteral}",
    };

    /// <summary>Dynamic LINQ, as microsoft/RulesEngine takes it.</summary>
    public string ToDynamicLinq() => Operator switch
    {
        "is" => Value is true ? $"f.{Property}" : $"!f.{Property}",
        "contains" => $"f.{Property}.Contains(\"{Value}\")",
        "startsWith" => $"f.{Property}.StartsWith(\"{Value}\")",
        _ => $"f.{Property} {Operator} {(Value is string text ? $"\"{text}\"" : Literal)}",
    };

    /// <summary>C#, as a person would write it.</summary>
    public string ToCSharp() => Operator switch
    {
        "is" => Value is true ? $"f.{Property}" : $"!f.{Property}",
        "contains" => $"f.{Property}.Contains(\"{Value}\", StringComparison.Ordinal)",
        "startsWith" => $"f.{Property}.StartsWith(\"{Value}\", StringComparison.Ordinal)",
        _ => $"f.{Property} {Operator} {(Value is string text ? $"\"{text}\"" : Literal)}",
    };

    private string Literal => Value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };

    private string CelLiteral => Value is string text ? $"\"{text}\"" : Literal;
}
