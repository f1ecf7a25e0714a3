using System.Globalization;
using System.Text.Json;

namespace SmtpAuth.Cli.Text;

/// <summary>The words of the command in one language. They live in <c>en.json</c> and <c>ro.json</c> beside this file.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, string> _texts;

    private Words(string language, Dictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>Gets the languages there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ro"];

    /// <summary>Gets <c>en</c> or <c>ro</c>.</summary>
    public string Language { get; }

    /// <summary>Gets the keys of all texts.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>Gets a text without places to fill.</summary>
    public string this[string key] => _texts[key];

    /// <summary>Gets a text with its places <c>{0}</c>, <c>{1}</c> … filled.</summary>
    public string Format(string key, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    /// <summary>Gets a text for a name that may come from a pack the command has never seen.</summary>
    public string Name(string kind, string name) => _texts.TryGetValue($"{kind}.{name}", out var text) ? text : name;

    public static Words For(string language)
    {
        using var stream = typeof(Words).Assembly.GetManifestResourceStream($"Text/{language}.json")
            ?? throw new ArgumentOutOfRangeException(nameof(language), language, "Expected en or ro.");
        using var document = JsonDocument.Parse(stream);

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            texts.Add(property.Name, property.Value.GetString()!);
        }

        return new Words(language, texts);
    }
}
