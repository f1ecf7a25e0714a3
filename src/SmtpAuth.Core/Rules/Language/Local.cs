namespace SmtpAuth.Rules.Language;

// A variable of a macro: its name, and its position among those in scope.
internal sealed record Local(string Name, int Index);
