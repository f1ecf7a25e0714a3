using System.Text.Json.Nodes;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Rules;

/// <summary>The parts of an operation that are filled from facts when a plan is made.</summary>
internal sealed record OperationTemplate
{
    public required string Target { get; init; }

    /// <summary>Gets the condition under which the operation is possible at all.</summary>
    public CelProgram? AppliesWhen { get; init; }

    /// <summary>Gets the fact, a list, for each of whose elements one step is made; <see langword="null"/> for a single step.</summary>
    public string? EachIn { get; init; }

    /// <summary>Gets the condition about the element, which is called <c>each</c>.</summary>
    public CelProgram? EachWhen { get; init; }

    public required ObservationTemplate Observes { get; init; }

    public required ChangeTemplate After { get; init; }

    public required JsonObject Action { get; init; }

    public JsonObject? Undo { get; init; }

    public required IReadOnlyList<string> PowerShell { get; init; }

    public required IReadOnlyDictionary<string, string> Summary { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Portal { get; init; }
}

/// <summary>Which value a step changes.</summary>
/// <param name="Answer">The answer that holds it.</param>
/// <param name="KeyProperty">The property that tells the object from others.</param>
/// <param name="Key">That property's value.</param>
/// <param name="Path">Where the value is within the object.</param>
/// <param name="MustBeAbsent">Whether the object must not exist yet, because the operation creates it and its undo removes it.</param>
internal sealed record ObservationTemplate(string Answer, string? KeyProperty, string? Key, string? Path, bool MustBeAbsent);

/// <summary>The value after a change: either a value, or an item added to a list of the value before.</summary>
/// <param name="Value">The value; what is compared after the change.</param>
/// <param name="Predicted">The whole object, where what is compared is only part of what will be read.</param>
/// <param name="AddTo">The member of the value before, a list, to which the item is added.</param>
/// <param name="Item">The item.</param>
/// <param name="NotBeside">Items beside which the service takes no other.</param>
internal sealed record ChangeTemplate(JsonNode? Value, JsonNode? Predicted, string? AddTo, string? Item, IReadOnlyList<string> NotBeside);
