namespace SmtpAuth.Core.Tests.Rules.Language.Conformance;

public sealed class ConformanceTests
{
    private static readonly string[] Reasons = ["protobuf enum", "protobuf message", "protobuf wrapper"];

    private static readonly string[] SectionNames =
    [
        "basic", "bindings_ext", "block_ext", "comparisons", "conversions", "dynamic", "encoders_ext", "enums", "fields", "fp_math",
        "integer_math", "lists", "logic", "macros", "macros2", "math_ext", "namespace", "optionals", "parse", "plumbing", "proto2",
        "proto2_ext", "proto3", "string", "string_ext", "timestamps", "type_deductions", "wrappers",
    ];

    public static TheoryData<string> Sections => [.. SectionNames];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_test_in_scope_passes(string section)
    {
        var results = ConformanceSuite.All.Where(result => result.Section == section).ToList();

        results.Should().NotBeEmpty();
        results.Where(result => result.Outcome == "failed").Select(result => $"{result.Name} {result.Reason}").Should().BeEmpty();
    }

    [Fact]
    public void No_section_is_left_out() =>
        ConformanceSuite.All.Select(result => result.Section).Distinct().Should().BeSubsetOf(SectionNames);

    [Fact]
    public void What_is_skipped_needs_protobuf()
    {
        var skipped = ConformanceSuite.All.Where(result => result.Outcome == "skipped").ToList();

        skipped.Select(result => result.Reason).Distinct().Should().BeSubsetOf(Reasons);
        skipped.Should().HaveCountLessThan(700, "the suite of this version has 694 tests of messages, enums and wrappers");
    }
}
