namespace SmtpAuth.Rules.Language;

/// <summary>Gives the values of facts to an evaluation.</summary>
/// <remarks>Implementers: answer the same throughout one evaluation, and do not throw.</remarks>
public interface ICelBindings
{
    /// <summary>Gives the value of one fact.</summary>
    /// <param name="name">The declared name, such as <c>mailbox.smtpClientAuthenticationDisabled</c>.</param>
    /// <param name="value">The value; it may be unknown.</param>
    /// <returns><see langword="false"/> where there is none: the fact is then unknown under its name.</returns>
    bool TryGet(string name, out CelValue value);
}
