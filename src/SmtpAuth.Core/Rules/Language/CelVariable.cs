namespace SmtpAuth.Rules.Language;

/// <summary>A fact that expressions may read.</summary>
/// <param name="Name">The name, possibly dotted, such as <c>mailbox.smtpClientAuthenticationDisabled</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Slot">Its position among the environment's variables, from 0, for binding without names.</param>
public sealed record CelVariable(string Name, CelType Type, int Slot)
{
    // What the fact is where it has no value; made once, not for each mention.
    internal CelValue Unknown { get; } = CelValue.Unknown(UnknownSet.Of(Name));
}
