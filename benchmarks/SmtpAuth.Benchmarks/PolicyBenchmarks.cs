using BenchmarkDotNet.Attributes;

namespace SmtpAuth.Benchmarks;

/// <summary>One policy, one case after the other; binding of facts is part of every figure.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private Engines _engines = null!;
    private int _next;

    [Params(40, 400, 4_000, 40_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup() => _engines = new Engines(Rules, withRulesEngine: Rules <= 4_000);

    [Benchmark(Baseline = true)]
    public int IfChain() => _engines.RunChain(Next());

    [Benchmark]
    public int ProgramSet() => _engines.RunSet(Next());

    [Benchmark]
    public int OneFactChanged() => _engines.RunSession(Next());

    [Benchmark]
    public int TreeWalk() => _engines.RunTreeWalk(Next());

    private FactSet Next() => _engines.Facts[_next++ % _engines.Facts.Length];
}
