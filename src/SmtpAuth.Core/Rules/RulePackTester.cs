namespace SmtpAuth.Rules;

/// <summary>Runs the tests that the rules of a pack carry.</summary>
/// <remarks>Thread-safe.</remarks>
public static class RulePackTester
{
    /// <summary>Runs every test of every rule.</summary>
    /// <param name="pack">The pack.</param>
    /// <returns>One result for each test, by rule, in the order of the file.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pack"/> is <see langword="null"/>.</exception>
    public static IReadOnlyList<RuleTestResult> Run(RulePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return
        [
            .. from rule in pack.Rules
               from test in rule.Tests
               select new RuleTestResult(rule.Id, test.It, test.Expected, RuleEngine.Run(rule, test)),
        ];
    }
}
