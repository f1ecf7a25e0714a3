namespace SmtpAuth.Rules.Language;

// Text is the identifier, the keyword or the operator; Value is the literal.
internal sealed record Token(TokenKind Kind, int Start, int End, string Text, CelValue Value = default)
{
    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Keyword && Text == text;
}
