using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language;

public sealed class CelUnknownTests
{
    private static readonly CelEnvironment Environment = new CelEnvironment.Builder()
        .AddVariable("client.mechanism", CelType.String)
        .AddVariable("mailbox.smtpClientAuthenticationDisabled", CelType.Nullable(CelType.Bool))
        .AddVariable("organization.smtpClientAuthenticationDisabled", CelType.Bool)
        .AddVariable("tenant.policies", CelType.List(CelType.Map(CelType.String, CelType.Dyn)))
        .AddVariable("user.id", CelType.String)
        .Build();

    [Theory]
    [InlineData("organization.smtpClientAuthenticationDisabled && false", "false")]
    [InlineData("organization.smtpClientAuthenticationDisabled || true", "true")]
    [InlineData("organization.smtpClientAuthenticationDisabled && true", "unknown (organization.smtpClientAuthenticationDisabled)")]
    [InlineData("organization.smtpClientAuthenticationDisabled || user.id == 'x'", "unknown (organization.smtpClientAuthenticationDisabled, user.id)")]
    [InlineData("organization.smtpClientAuthenticationDisabled && 1 / 0 > 0", "unknown (organization.smtpClientAuthenticationDisabled)")]
    [InlineData("mailbox.smtpClientAuthenticationDisabled == null", "true")]
    [InlineData("client.mechanism == 'basic'", "true")]
    [InlineData("has(user.id)", "unknown (user.id)")]
    [InlineData("has(client.mechanism)", "true")]
    [InlineData("tenant.policies.exists(p, p.state == 'enabled')", "true")]
    [InlineData("tenant.policies.all(p, p.state == 'enabled')", "unknown (policy 2 state)")]
    [InlineData("tenant.policies.exists(p, p.state == 'disabled')", "unknown (policy 2 state)")]
    [InlineData("tenant.policies.filter(p, p.state == 'enabled').size()", "unknown (policy 2 state)")]
    [InlineData("tenant.policies.map(p, p.id)", "[\"1\", \"2\"]")]
    [InlineData("size(tenant.policies)", "2")]
    [InlineData("user.id in ['a', 'b']", "unknown (user.id)")]
    [InlineData("tenant.policies == []", "false")]
    public void Unknown_is_never_fine_and_never_broken(string expression, string expected)
    {
        Environment.Compile(expression).Evaluate(Facts()).ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData("client.mechanism == 'basic' && organization.smtpClientAuthenticationDisabled", "organization.smtpClientAuthenticationDisabled")]
    [InlineData("client.mechanism == 'oauth' || user.id == 'x' || organization.smtpClientAuthenticationDisabled", "user.id == \"x\" || organization.smtpClientAuthenticationDisabled")]
    [InlineData("client.mechanism == 'basic' ? user.id == 'a' : user.id == 'b'", "user.id == \"a\"")]
    [InlineData("['a', 'b'].exists(x, x == user.id && client.mechanism == 'basic')", "[\"a\", \"b\"].exists(x, x == user.id)")]
    public void A_residual_names_what_remains_to_be_found_out(string expression, string expected)
    {
        Environment.Compile(expression).Residual(Facts()).Should().Be(expected);
    }

    [Fact]
    public void A_known_result_has_no_residual()
    {
        Environment.Compile("user.id == 'x' && false").Residual(Facts()).Should().BeNull();
    }

    [Fact]
    public void An_explanation_gives_every_part_its_value_and_every_fact_its_name()
    {
        var explanation = Environment.Compile("client.mechanism == 'basic' && user.id == 'x'").Explain(Facts());

        explanation.Value.IsUnknown.Should().BeTrue();
        explanation.Children.Select(child => child.ToString()).Should().Equal(
            "client.mechanism == 'basic' => true", "user.id == 'x' => unknown (user.id)");
        explanation.Children[0].Children[0].Fact.Should().Be("client.mechanism");
        explanation.Children[1].Children[0].Fact.Should().Be("user.id");
    }

    private static CelBindings Facts() => new CelBindings()
        .Set("client.mechanism", "basic")
        .Set("mailbox.smtpClientAuthenticationDisabled", CelValue.Null)
        .Set("tenant.policies", new List<object?>
        {
            new Dictionary<string, object?> { ["id"] = "1", ["state"] = "enabled" },
            new Dictionary<string, object?> { ["id"] = "2", ["state"] = new UnknownValue("policy 2 state") },
        });
}
