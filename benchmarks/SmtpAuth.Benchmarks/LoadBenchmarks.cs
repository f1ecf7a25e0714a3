using BenchmarkDotNet.Attributes;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Benchmarks;

/// <summary>Parsing, checking and indexing a policy.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private readonly CelEnvironment _environment = FactSet.Environment();
    private string[] _conditions = [];

    [Params(40, 4_000, 40_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup() => _conditions = [.. Policy.Of(Rules).Select(Policy.Cel)];

    [Benchmark]
    public object Load() => new CelProgramSet(_environment, _conditions);
}
