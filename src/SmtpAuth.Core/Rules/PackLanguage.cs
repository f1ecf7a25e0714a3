using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>The facts that conditions of a pack may use, as the condition language sees them.</summary>
internal static class PackLanguage
{
    /// <summary>The name of the element in conditions about the elements of a list.</summary>
    public const string Element = "each";

    private static readonly Lazy<CelEnvironment> LazyFacts = new(() => Declare(new()).Build());
    private static readonly Lazy<CelEnvironment> LazyElements = new(() =>
        Declare(new()).AddVariable(Element, CelType.Map(CelType.String, CelType.Dyn)).Build());

    public static CelEnvironment Facts => LazyFacts.Value;

    public static CelEnvironment Elements => LazyElements.Value;

    /// <summary>Compiles a condition; what is wrong is said at its place in the file.</summary>
    public static CelProgram Compile(PackNode node, CelEnvironment environment)
    {
        if (!environment.TryCompile(node.Text(), out var program, out var diagnostics))
        {
            var first = diagnostics.First(diagnostic => diagnostic.Severity == CelSeverity.Error);
            throw node.Wrong($"the condition is not valid, at its character {first.Start + 1}: {first.Message}"
                + (first.Suggestion is null ? "" : $" Did you mean '{first.Suggestion}'?"));
        }

        return program.ResultType.Kind is CelTypeKind.Bool or CelTypeKind.Dyn
            ? program
            : throw node.Wrong($"the condition gives {program.ResultType}, expected a condition that is true or false.");
    }

    private static CelEnvironment.Builder Declare(CelEnvironment.Builder builder)
    {
        foreach (var fact in FactCatalogue.Default.Facts)
        {
            builder.AddVariable(fact.Name, CelType.Parse(fact.Type));
        }

        return builder;
    }
}
