namespace SmtpAuth.Rules.Language;

/// <summary>Many conditions compiled together: what they have in common is evaluated once, and most are never looked at.</summary>
/// <remarks>
/// Immutable and thread-safe. An evaluation allocates nothing as long as no condition builds a list, a map or a string.
/// </remarks>
public sealed class CelProgramSet
{
    private readonly CelProgram[] _programs;
    private RuleRun? _spare;

    /// <summary>Initializes a new instance of the <see cref="CelProgramSet"/> class.</summary>
    /// <param name="environment">Declares the facts.</param>
    /// <param name="conditions">The conditions: expressions of type bool.</param>
    /// <exception cref="CelCompileException">A condition does not compile. The message of each diagnostic begins with the condition's position.</exception>
    public CelProgramSet(CelEnvironment environment, IEnumerable<string> conditions)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(conditions);
        Environment = environment;
        _programs = Compile(environment, conditions);
        Plan = new RulePlan(environment, _programs);
    }

    /// <summary>Gets the environment that declares the facts.</summary>
    public CelEnvironment Environment { get; }

    /// <summary>Gets the conditions one by one, to explain or to take residuals of.</summary>
    public IReadOnlyList<CelProgram> Programs => _programs;

    internal RulePlan Plan { get; }

    /// <summary>Evaluates all conditions. Never throws on any data.</summary>
    /// <param name="frame">The facts.</param>
    /// <param name="outcomes">Receives the outcome of each condition, in their order.</param>
    /// <exception cref="ArgumentException"><paramref name="outcomes"/> is too short, or the frame is of another environment.</exception>
    public void Evaluate(CelFrame frame, Span<CelOutcome> outcomes)
    {
        Check(frame);
        if (outcomes.Length < _programs.Length)
        {
            throw new ArgumentException($"There are {_programs.Length} conditions, and room for {outcomes.Length} outcomes.", nameof(outcomes));
        }

        var run = Interlocked.Exchange(ref _spare, null) ?? new RuleRun(Plan, Environment.Limits);
        run.Run(frame, ulong.MaxValue);
        outcomes.Slice(0, _programs.Length).Clear();
        foreach (var rule in run.Decided)
        {
            outcomes[rule] = run.Outcomes[rule];
        }

        _spare = run;
    }

    /// <summary>Evaluates all conditions. Never throws on any data.</summary>
    /// <param name="bindings">Where the facts come from; each is asked for once.</param>
    /// <param name="outcomes">Receives the outcome of each condition, in their order.</param>
    /// <exception cref="ArgumentException"><paramref name="outcomes"/> is too short.</exception>
    public void Evaluate(ICelBindings bindings, Span<CelOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        if (bindings is not CelFrame frame || !ReferenceEquals(frame.Environment, Environment))
        {
            frame = new CelFrame(Environment);
            foreach (var variable in Environment.Variables)
            {
                if (bindings.TryGet(variable.Name, out var value))
                {
                    frame.SetValue(variable.Slot, value);
                }
            }
        }

        Evaluate(frame, outcomes);
    }

    /// <summary>Starts to follow one case whose facts change: after a change only what depends on it is evaluated again.</summary>
    /// <param name="frame">The facts; set them, then ask the session.</param>
    /// <returns>The session.</returns>
    /// <exception cref="ArgumentException">The frame is of another environment.</exception>
    public CelSession Follow(CelFrame frame)
    {
        Check(frame);
        return new CelSession(this, frame);
    }

    private static CelProgram[] Compile(CelEnvironment environment, IEnumerable<string> conditions)
    {
        var programs = new List<CelProgram>();
        var problems = new List<CelDiagnostic>();
        var position = 0;
        foreach (var condition in conditions)
        {
            position++;
            if (environment.TryCompile(condition, out var program, out var diagnostics)
                && program.ResultType.Kind is CelTypeKind.Bool or CelTypeKind.Dyn or CelTypeKind.Nullable)
            {
                programs.Add(program);
                continue;
            }

            problems.AddRange(program is null
                ? diagnostics.Select(d => d with { Message = $"condition {position}: {d.Message}" })
                : [CelDiagnostic.At(CelSeverity.Error, condition, 0, condition.Length, $"condition {position}: its type is {program.ResultType}; expected bool.")]);
        }

        return problems.Exists(static d => d.Severity == CelSeverity.Error) ? throw new CelCompileException(problems) : [.. programs];
    }

    private void Check(CelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (!ReferenceEquals(frame.Environment, Environment))
        {
            throw new ArgumentException("The frame is of another environment than the conditions.", nameof(frame));
        }
    }
}
