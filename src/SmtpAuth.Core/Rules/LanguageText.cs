using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>Chooses words by language: <c>ro</c> is Romanian, everything else English.</summary>
internal static class LanguageText
{
    public const string Romanian = "ro";

    public static readonly string[] Languages = ["en", Romanian];

    public static string In(this LocalizedText text, string language) => language == Romanian ? text.Ro : text.En;
}
