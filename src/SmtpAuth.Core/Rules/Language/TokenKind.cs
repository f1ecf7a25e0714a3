namespace SmtpAuth.Rules.Language;

internal enum TokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Literal,
    Keyword,
    Operator,
}
