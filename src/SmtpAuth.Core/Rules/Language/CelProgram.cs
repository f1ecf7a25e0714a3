namespace SmtpAuth.Rules.Language;

/// <summary>A compiled expression.</summary>
/// <remarks>Immutable and thread-safe. An evaluation allocates only what its result needs.</remarks>
public sealed class CelProgram
{
    private readonly CelEnvironment _environment;
    private readonly string[] _variables;

    internal CelProgram(CelEnvironment environment, string source, Node root, int localCount)
    {
        _environment = environment;
        LocalCount = localCount;
        Source = source;
        Root = root;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        CollectVariables(root, names);
        _variables = [.. names];
    }

    /// <summary>Gets the expression as it was written.</summary>
    public string Source { get; }

    /// <summary>Gets the type of the result.</summary>
    /// <value><see cref="CelType.Dyn"/> where it is decided at evaluation, or types are not checked.</value>
    public CelType ResultType => Root.Type;

    /// <summary>Gets the names of the facts it may read, sorted by ordinal.</summary>
    public IReadOnlyList<string> Variables => _variables;

    internal Node Root { get; }

    internal int LocalCount { get; }

    /// <summary>Evaluates the expression. Never throws on any data.</summary>
    /// <param name="bindings">Where the facts come from. A fact without a value is unknown.</param>
    /// <returns>The value; unknown where the facts do not suffice; an error where the evaluation went wrong.</returns>
    public CelValue Evaluate(ICelBindings bindings)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        var evaluation = Evaluation.Rent(bindings, _environment.Limits, LocalCount);
        var result = Root.Evaluate(evaluation);
        result = evaluation.IsExhausted ? evaluation.Exhausted() : result;
        evaluation.Return();
        return result;
    }

    /// <summary>Evaluates the expression and every part of it.</summary>
    /// <param name="bindings">Where the facts come from.</param>
    /// <returns>The tree of sub-expressions with their values.</returns>
    public CelExplanation Explain(ICelBindings bindings)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        var evaluation = Evaluation.Rent(bindings, _environment.Limits, LocalCount);
        var result = new Explainer(Source, evaluation).Explain(Root);
        evaluation.Return();
        return result;
    }

    /// <summary>Says what remains to be found out, as an expression over unknown facts.</summary>
    /// <param name="bindings">Where the facts come from.</param>
    /// <returns>
    /// An expression that gives the same result once the facts are known; <see langword="null"/> where the result is known already.
    /// </returns>
    public string? Residual(ICelBindings bindings)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        var evaluation = Evaluation.Rent(bindings, _environment.Limits, LocalCount);
        var isUnknown = Root.Evaluate(evaluation).IsUnknown && !evaluation.IsExhausted;
        var result = isUnknown ? new ResidualWriter(Source, evaluation).Write(Root) : null;
        evaluation.Return();
        return result;
    }

    /// <inheritdoc/>
    public override string ToString() => Source;

    private static void CollectVariables(Node node, SortedSet<string> names)
    {
        if (node is VariableNode variable)
        {
            names.Add(variable.Name);
        }

        foreach (var child in node.Children)
        {
            CollectVariables(child, names);
        }
    }
}
