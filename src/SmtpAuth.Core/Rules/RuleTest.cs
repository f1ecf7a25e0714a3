using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>One of a rule's own tests.</summary>
/// <param name="It">What it shows, as a sentence.</param>
/// <param name="Given">The facts that are given; every other fact is unknown.</param>
/// <param name="Expected">What the rule has to find.</param>
public sealed record RuleTest(string It, IReadOnlyList<Fact> Given, RuleOutcome Expected);
