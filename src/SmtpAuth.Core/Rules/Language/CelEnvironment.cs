using System.Diagnostics.CodeAnalysis;

namespace SmtpAuth.Rules.Language;

/// <summary>What expressions may refer to: facts with their types, functions of the host, and limits.</summary>
/// <remarks>Immutable and thread-safe. Make one with <see cref="Builder"/>.</remarks>
public sealed class CelEnvironment
{
    private readonly CelVariable[] _variables;
    private readonly Dictionary<string, CelVariable> _byName;
    private readonly Dictionary<string, Function> _functions;

    private CelEnvironment(Builder builder)
    {
        _variables = [.. builder.Variables];
        _byName = _variables.ToDictionary(static v => v.Name, StringComparer.Ordinal);
        _functions = builder.Functions.ToDictionary(
            static group => group.Key,
            static group => new Function(group.Key, [.. group.Value.Select(static f => f.Overload)], HostFunctions.Dispatch(group.Key, [.. group.Value])),
            StringComparer.Ordinal);
        Container = builder.ContainerName;
        Limits = builder.LimitsOrDefault;
        ChecksTypes = builder.ChecksTypes;
    }

    /// <summary>Gets the facts, in order of declaration.</summary>
    public IReadOnlyList<CelVariable> Variables => _variables;

    /// <summary>Gets the namespace in which names are looked up first; empty for none.</summary>
    public string Container { get; }

    /// <summary>Gets how much an expression may ask for.</summary>
    public CelLimits Limits { get; }

    /// <summary>Gets a value indicating whether types and names are checked when an expression is compiled.</summary>
    /// <value>The default is <see langword="true"/>. Otherwise what is wrong becomes an error value where it is reached.</value>
    public bool ChecksTypes { get; }

    /// <summary>Compiles an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>The program.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="expression"/> is <see langword="null"/>.</exception>
    /// <exception cref="CelCompileException">The expression does not compile; its diagnostics say why and where.</exception>
    public CelProgram Compile(string expression) =>
        TryCompile(expression, out var program, out var diagnostics) ? program : throw new CelCompileException(diagnostics);

    /// <summary>Compiles an expression. Never throws for any text.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="program">The program, or <see langword="null"/> where there are errors.</param>
    /// <param name="diagnostics">Errors and warnings, in the order of the expression.</param>
    /// <returns><see langword="true"/> when there are no errors; there may be warnings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="expression"/> is <see langword="null"/>.</exception>
    public bool TryCompile(
        string expression, [NotNullWhen(true)] out CelProgram? program, out IReadOnlyList<CelDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(expression);
        program = null;
        try
        {
            var syntax = Parser.Parse(expression, Limits);
            var binder = new Binder(this, expression);
            var root = binder.BindRoot(syntax);
            diagnostics = binder.Diagnostics;
            if (diagnostics.Any(static d => d.Severity == CelSeverity.Error))
            {
                return false;
            }

            program = new CelProgram(this, expression, root, binder.LocalCount);
            return true;
        }
        catch (SyntaxException exception)
        {
            diagnostics = [exception.Diagnostic];
            return false;
        }
    }

    /// <summary>Finds a fact.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="variable">The fact, or <see langword="null"/>.</param>
    /// <returns><see langword="true"/> when it is declared.</returns>
    public bool TryGetVariable(string name, [NotNullWhen(true)] out CelVariable? variable) => _byName.TryGetValue(name, out variable);

    internal Function? FindFunction(string name) => _functions.TryGetValue(name, out var function) ? function : Language.Functions.Find(name);

    internal IEnumerable<string> FunctionNames => _functions.Keys.Concat(Language.Functions.Names);

    // The names a name may stand for, the innermost namespace first.
    internal IEnumerable<string> Candidates(string name, bool isAbsolute)
    {
        for (var container = isAbsolute ? "" : Container; container.Length > 0;)
        {
            yield return $"{container}.{name}";
            var dot = container.LastIndexOf('.');
            container = dot < 0 ? "" : container.Substring(0, dot);
        }

        yield return name;
    }

    /// <summary>Collects what a <see cref="CelEnvironment"/> declares.</summary>
    /// <remarks>Not thread-safe.</remarks>
    public sealed class Builder
    {
        internal List<CelVariable> Variables { get; } = [];

        internal Dictionary<string, List<HostFunction>> Functions { get; } = new(StringComparer.Ordinal);

        internal string ContainerName { get; private set; } = "";

        internal CelLimits LimitsOrDefault { get; private set; } = CelLimits.Default;

        internal bool ChecksTypes { get; private set; } = true;

        /// <summary>Declares a fact.</summary>
        /// <param name="name">A name such as <c>organization.smtpClientAuthenticationDisabled</c>: names apart by dots.</param>
        /// <param name="type">Its type.</param>
        /// <returns>The same builder.</returns>
        /// <exception cref="ArgumentException">The name is malformed or declared already.</exception>
        public Builder AddVariable(string name, CelType type)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            ArgumentNullException.ThrowIfNull(type);
            if (!Names.IsQualified(name))
            {
                throw new ArgumentException($"'{name}' is not a fact name: expected letters, digits and '_', names apart by dots, as in mailbox.address.", nameof(name));
            }

            if (Variables.Exists(variable => variable.Name == name))
            {
                throw new ArgumentException($"The fact '{name}' is declared already.", nameof(name));
            }

            Variables.Add(new CelVariable(name, type, Variables.Count));
            return this;
        }

        /// <summary>Declares a function of the host.</summary>
        /// <param name="name">Its name, possibly dotted. A name of the standard library replaces that function.</param>
        /// <param name="result">The type of its result.</param>
        /// <param name="parameters">The types of its parameters; of a member, the receiver first.</param>
        /// <param name="body">Computes it.</param>
        /// <param name="isMember">Whether it is called as <c>x.f(y)</c>; the default is <c>f(x, y)</c>.</param>
        /// <returns>The same builder.</returns>
        public Builder AddFunction(string name, CelType result, IReadOnlyList<CelType> parameters, CelFunctionBody body, bool isMember = false)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            ArgumentNullException.ThrowIfNull(result);
            ArgumentNullException.ThrowIfNull(parameters);
            ArgumentNullException.ThrowIfNull(body);
            if (!Names.IsQualified(name))
            {
                throw new ArgumentException($"'{name}' is not a function name: expected letters, digits and '_', names apart by dots.", nameof(name));
            }

            if (isMember && parameters.Count == 0)
            {
                throw new ArgumentException("A member has a receiver, which is its first parameter.", nameof(parameters));
            }

            if (!Functions.TryGetValue(name, out var overloads))
            {
                Functions.Add(name, overloads = []);
            }

            overloads.Add(new HostFunction(new Overload(isMember, [.. parameters], result), body));
            return this;
        }

        /// <summary>Sets the namespace in which names are looked up first.</summary>
        /// <param name="container">A name, possibly dotted; empty for none, which is the default.</param>
        /// <returns>The same builder.</returns>
        public Builder InContainer(string container)
        {
            ArgumentNullException.ThrowIfNull(container);
            ContainerName = container;
            return this;
        }

        /// <summary>Sets how much an expression may ask for.</summary>
        /// <param name="limits">The limits.</param>
        /// <returns>The same builder.</returns>
        public Builder WithLimits(CelLimits limits)
        {
            ArgumentNullException.ThrowIfNull(limits);
            LimitsOrDefault = limits;
            return this;
        }

        /// <summary>Leaves names and types unchecked: what is wrong becomes an error value where it is reached.</summary>
        /// <returns>The same builder.</returns>
        public Builder WithoutChecks()
        {
            ChecksTypes = false;
            return this;
        }

        /// <summary>Makes the environment.</summary>
        /// <returns>The environment; later changes to the builder do not reach it.</returns>
        public CelEnvironment Build() => new(this);
    }
}
