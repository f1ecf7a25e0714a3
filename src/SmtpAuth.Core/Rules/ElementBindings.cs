using SmtpAuth.Rules.Language;

namespace SmtpAuth.Rules;

/// <summary>The facts of a state, and one element of a list under the name <c>each</c>.</summary>
internal sealed class ElementBindings(StateBindings bindings, IReadOnlyDictionary<string, object?> element) : ICelBindings
{
    private readonly CelValue _element = bindings.ToValue(element);

    public bool TryGet(string name, out CelValue value)
    {
        if (name == PackLanguage.Element)
        {
            value = _element;
            return true;
        }

        return bindings.TryGet(name, out value);
    }
}
