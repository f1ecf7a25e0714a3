using BenchmarkDotNet.Running;
using SmtpAuth.Benchmarks;

if (args is ["table", ..])
{
    Table.Print(args.Length > 1 ? [.. args.Skip(1).Select(int.Parse)] : [40, 400, 4_000, 40_000]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Table).Assembly).Run(args);
