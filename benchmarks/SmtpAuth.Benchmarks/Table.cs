using System.Diagnostics;
using System.Globalization;

namespace SmtpAuth.Benchmarks;

/// <summary>Measures all engines alternately in one process, so that a noisy machine is noisy for all, and prints the table of docs/explanation/engine.md.</summary>
internal static class Table
{
    private const int Rounds = 15;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(60);

    public static void Print(int[] sizes)
    {
        foreach (var size in sizes)
        {
            var withRulesEngine = size <= 4_000;
            var engines = new Engines(size, withRulesEngine);
            engines.Check();
            Console.WriteLine($"{size} rules, {engines.Matching().ToString("0.0", CultureInfo.InvariantCulture)} match on average, loaded in {engines.Loaded.TotalMilliseconds:0} ms");
            var contestants = new List<(string Name, Func<FactSet, int> Run)>
            {
                ("if chain", engines.RunChain),
                ("this engine, a set", engines.RunSet),
                ("this engine, one fact changed", engines.RunSession),
                ("tree walk", engines.RunTreeWalk),
            };
            if (withRulesEngine)
            {
                contestants.Add(("microsoft/RulesEngine", engines.RunRulesEngine));
            }

            Measure(contestants, engines.Facts);
        }
    }

    private static void Measure(List<(string Name, Func<FactSet, int> Run)> contestants, FactSet[] facts)
    {
        var best = contestants.Select(_ => double.MaxValue).ToArray();
        var bytes = new long[contestants.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contestants.Count; i++)
            {
                var (nanoseconds, allocated) = Time(contestants[i].Run, facts);
                best[i] = Math.Min(best[i], nanoseconds);
                bytes[i] = allocated;
            }
        }

        for (var i = 0; i < contestants.Count; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {contestants[i].Name,-32} {best[i],14:#,##0} ns  {best[i] / best[0],8:0.000}x  {bytes[i],10:#,##0} B"));
        }
    }

    private static (double Nanoseconds, long Bytes) Time(Func<FactSet, int> run, FactSet[] facts)
    {
        var count = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        do
        {
            for (var i = 0; i < 10; i++)
            {
                run(facts[count++ % facts.Length]);
            }
        }
        while (watch.Elapsed < RoundLength);

        return (watch.Elapsed.TotalNanoseconds / count, (GC.GetAllocatedBytesForCurrentThread() - allocated) / count);
    }
}
