using RulesEngine.Models;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Benchmarks;

/// <summary>The same policy in every engine.</summary>
internal sealed class Engines
{
    private readonly Action<FactSet, bool[]>[] _chain;
    private readonly bool[] _chainResults;
    private readonly CelProgramSet _set;
    private readonly CelFrame _frame;
    private readonly CelOutcome[] _outcomes;
    private readonly CelSession _session;
    private readonly CelFrame _sessionFrame;
    private readonly RulesEngine.RulesEngine? _rulesEngine;

    public Engines(int rules, bool withRulesEngine)
    {
        var policy = Policy.Of(rules);
        Facts = [.. Enumerable.Range(0, 1_000).Select(i => FactSet.Some(new Random(i)))];
        _chain = Chain.Compile(policy);
        _chainResults = new bool[rules];
        var environment = FactSet.Environment();
        string[] conditions = [.. policy.Select(Policy.Cel)];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        _set = new CelProgramSet(environment, conditions);
        Loaded = watch.Elapsed;
        _frame = new CelFrame(environment);
        _outcomes = new CelOutcome[rules];
        _sessionFrame = new CelFrame(environment);
        _session = _set.Follow(_sessionFrame);
        if (withRulesEngine)
        {
            var workflow = new Workflow
            {
                WorkflowName = "policy",
                Rules = policy.Select((rule, i) => new Rule { RuleName = $"rule{i}", Expression = string.Join(" && ", rule.Select(c => c.ToDynamicLinq())) }).ToList(),
            };
            _rulesEngine = new RulesEngine.RulesEngine([workflow]);
        }
    }

    public FactSet[] Facts { get; }

    public TimeSpan Loaded { get; }

    public int RunChain(FactSet facts)
    {
        foreach (var part in _chain)
        {
            part(facts, _chainResults);
        }

        return _chainResults.Length;
    }

    public int RunSet(FactSet facts)
    {
        facts.BindTo(_frame);
        _set.Evaluate(_frame, _outcomes);
        return _outcomes.Length;
    }

    /// <summary>The same case with one fact changed: whether the tenant's security defaults are on.</summary>
    public int RunSession(FactSet facts)
    {
        _sessionFrame.SetBool(16, facts.TenantSecurityDefaults);
        _session.Evaluate();
        return _session.NotFalse.Length;
    }

    /// <summary>Each condition by itself, node by node: the plain reading of the expression.</summary>
    public int RunTreeWalk(FactSet facts)
    {
        facts.BindTo(_frame);
        var found = 0;
        foreach (var program in _set.Programs)
        {
            found += program.Evaluate(_frame).IsTrue ? 1 : 0;
        }

        return found;
    }

    public int RunRulesEngine(FactSet facts)
    {
        var results = _rulesEngine!.ExecuteAllRulesAsync("policy", new RuleParameter("f", facts)).AsTask().GetAwaiter().GetResult();
        return results.Count;
    }

    /// <summary>A benchmark of engines that disagree measures nothing.</summary>
    public void Check()
    {
        RunSession(Facts[0]);
        foreach (var facts in Facts.Take(200))
        {
            RunChain(facts);
            RunSet(facts);
            facts.BindTo(_sessionFrame);
            _session.Evaluate();
            for (var i = 0; i < _outcomes.Length; i++)
            {
                if (_chainResults[i] != (_outcomes[i] == CelOutcome.True) || _outcomes[i] > CelOutcome.True || _session.Outcomes[i] != _outcomes[i])
                {
                    throw new InvalidOperationException($"The engines disagree on '{_set.Programs[i]}': {_chainResults[i]}, {_outcomes[i]}, {_session.Outcomes[i]}.");
                }
            }

            if (_rulesEngine is not null)
            {
                var results = _rulesEngine.ExecuteAllRulesAsync("policy", new RuleParameter("f", facts)).AsTask().GetAwaiter().GetResult();
                if (!results.Select(r => r.IsSuccess).SequenceEqual(_chainResults))
                {
                    throw new InvalidOperationException("microsoft/RulesEngine disagrees.");
                }
            }
        }
    }

    public double Matching() => Facts.Take(200).Average(facts =>
    {
        RunSet(facts);
        return _outcomes.Count(outcome => outcome == CelOutcome.True);
    });
}
