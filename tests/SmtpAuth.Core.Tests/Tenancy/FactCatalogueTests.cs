using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class FactCatalogueTests
{
    private static readonly string[] Languages = ["en", "ro"];

    [Fact]
    public void Every_declared_fact_is_derived_and_every_derived_fact_is_declared()
    {
        var derived = Some.State().Facts.Where(fact => fact.Reason != "It was not given.").Select(fact => fact.Name);

        derived.Should().BeEquivalentTo(FactCatalogue.Default.Facts.Select(fact => fact.Name)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Of_a_tenant_that_was_read_in_full_every_fact_is_known_but_those_that_nothing_tells()
    {
        var unknown = Some.State().Facts.Where(fact => !fact.IsKnown).Select(fact => fact.Name);

        unknown.Should().BeEquivalentTo("organization.allowLegacyTlsClients", "tenant.basicAuthReenabled");
    }

    [Fact]
    public void Every_fact_depends_on_the_declared_answers_and_no_others()
    {
        foreach (var name in AnswerNames.All)
        {
            foreach (var route in Routes.All)
            {
                var submission = Some.Submission() with { Route = route, From = route == Route.OAuthApp ? "scanner@contoso.com" : null };
                var full = Some.State(Tangled(), submission);
                var less = Some.State(Tangled().Without(name), submission);

                var undeclared = full.Facts.Where(fact => Shown(fact) != Shown(less[fact.Name])).Select(fact => fact.Name)
                    .Where(fact => !FactCatalogue.Default.Facts.Single(declared => declared.Name == fact).Answers.Contains(name));
                undeclared.Should().BeEmpty("{0} is not declared for them", name);
            }
        }
    }

    [Fact]
    public void Every_declaration_is_complete()
    {
        FactCatalogue.Default.Facts.Should().OnlyContain(fact => Languages.All(language => fact.Description.ContainsKey(language)
            && fact.Description[language].Length > 0));
        FactCatalogue.Default.Facts.SelectMany(fact => fact.Answers).Should().OnlyContain(answer => AnswerNames.All.Contains(answer));
        FactCatalogue.Default.Facts.Where(fact => fact.Answers.Count > 0).Should().OnlyContain(fact => fact.Permission.Length > 0);
    }

    [Fact]
    public void Every_known_value_is_of_the_declared_type()
    {
        foreach (var fact in Some.State(Tangled()).Facts.Where(fact => fact.IsKnown))
        {
            FactCatalogue.Default.TryGet(fact.Name, out var declared).Should().BeTrue();
            Fits(fact.Value, declared!.Type).Should().BeTrue("{0} is declared as {1}", fact.Name, declared.Type);
        }
    }

    [Theory]
    [InlineData("[]", "expected an object with a list named facts")]
    [InlineData("{ \"facts\": [ { } ] }", "a fact has no name")]
    [InlineData("{ \"facts\": [ { \"name\": \"a.b\", \"type\": \"bool\", \"how\": \"x\", \"cost\": 9 } ] }", "a.b: expected a cost from 1 to 5")]
    [InlineData("{ \"facts\": ", "is not JSON: line 1")]
    public void A_catalogue_that_is_not_valid_is_refused_with_the_place(string json, string message) =>
        FluentActions.Invoking(() => FactCatalogue.Parse(json)).Should().Throw<FormatException>().WithMessage($"*{message}*");

    // A tenant whose policies ask for memberships and locations, so that those answers matter.
    private static TenantAnswers Tangled() => Some.Answers().With(AnswerNames.ConditionalAccessPolicies, $"[{Some.Policy(policy =>
    {
        policy["conditions"]!["users"]!["excludeGroups"] = new System.Text.Json.Nodes.JsonArray(Some.GroupId);
        policy["conditions"]!["locations"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }""");
    })}]");

    private static string Shown(Fact fact) => fact.IsKnown ? FactText.Of(fact.Value) : "unknown";

    private static bool Fits(object? value, string type) => type switch
    {
        "bool" => value is bool,
        "string" => value is string,
        "int" => value is long,
        "timestamp" => value is DateTimeOffset,
        "list(string)" => value is IReadOnlyList<object?> list && list.All(item => item is string or Unread),
        "list(map(string, dyn))" => value is IReadOnlyList<object?> list && list.All(item => item is IReadOnlyDictionary<string, object?> or Unread),
        _ when type.StartsWith("nullable(", StringComparison.Ordinal) => value is null || Fits(value, type[9..^1]),
        _ => false,
    };
}
