using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Execution;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

public class PlanJsonTests
{
    private static readonly RemediationPlan Full = SomePlan.With(
        SomePlan.MailboxSwitch(), SomePlan.CreatePolicy() with { Undo = null }, SomePlan.EnablePolicy(), SomePlan.SecurityDefaultsOff()) with
    {
        TenantId = "11111111-1111-1111-1111-111111111111",
        Submission = new() { Mailbox = "printer@contoso.example", Route = Route.OAuthApp, From = "sales@contoso.example", AppId = Guid.Parse("22222222-2222-2222-2222-222222222222"), IpAddress = "192.0.2.1" },
        AcceptedRisks = ["security-defaults-off"],
        Withheld = [new("disable-per-user-mfa", "per-user-mfa-off", null, "It weakens the sign-in."), new(null, null, "unknown-facts", "Not read.")],
        Alternatives = [new(Route.SmtpRelay, true, "Needs a static address.", null), new(Route.HighVolumeEmail, false, "Internal only.", SkippingTime.Start)],
    };

    [Fact]
    public void A_plan_has_the_members_that_scripts_rely_on()
    {
        var json = JsonNode.Parse(PlanJson.Write(Full))!;

        json["formatVersion"]!.GetValue<int>().Should().Be(1);
        json["hash"]!.GetValue<string>().Should().Be(PlanHash.Compute(Full)).And.MatchRegex("^sha256:[0-9a-f]{64}$");
        json["approvalRequired"]!.GetValue<bool>().Should().BeTrue();
        json["expires"]!.GetValue<string>().Should().Be("2026-11-26T12:00:00Z");
        var step = json["steps"]![0]!.AsObject();
        step.Select(member => member.Key).Should().Contain(
            ["id", "operation", "target", "before", "after", "risk", "scope", "reversible", "permissions", "propagation", "undo"]);
        step["before"].Should().BeNull();
        step["reversible"]!.GetValue<bool>().Should().BeTrue();
        json["steps"]![1]!["undo"].Should().BeNull();
        json["withheld"]![0]!.AsObject().ContainsKey("reason").Should().BeFalse();
        json["alternatives"]![0]!.AsObject().ContainsKey("until").Should().BeFalse();
    }

    [Fact]
    public void What_is_written_is_read_back_in_every_value()
    {
        var read = PlanJson.Read(PlanJson.Write(Full));

        read.Should().BeEquivalentTo(Full, options => options
            .Using<JsonNode>(pair => JsonNode.DeepEquals(pair.Subject, pair.Expectation).Should().BeTrue())
            .WhenTypeIs<JsonNode>()
            .RespectingRuntimeTypes());
        PlanJson.Write(read).Should().Be(PlanJson.Write(Full));
    }

    [Fact]
    public void Any_plan_survives_writing_and_reading() =>
        Plans.Sample(plan =>
        {
            var text = PlanJson.Write(plan);
            PlanJson.Write(PlanJson.Read(text)).Should().Be(text);
        });

    [Fact]
    public void White_space_and_line_ends_do_not_count() =>
        PlanHash.Compute(PlanJson.Read("\uFEFF" + PlanJson.Write(Full).Replace("\n", "\r\n", StringComparison.Ordinal)))
            .Should().Be(PlanHash.Compute(Full));

    [Fact]
    public void A_changed_byte_is_refused_or_changes_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes(PlanJson.Write(Full));
        var hash = PlanHash.Compute(Full);
        var refused = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            var tampered = (byte[])bytes.Clone();
            tampered[index] ^= 1;
            var text = Encoding.UTF8.GetString(tampered);
            try
            {
                PlanHash.Compute(PlanJson.Read(text)).Should().Be(hash, "byte {0} is white space or nothing", index);
            }
            catch (PlanFormatException error)
            {
                refused++;
                error.Message.Should().NotContainAny("\r", "\n");
            }
        }

        refused.Should().Be(bytes.Length);
    }

    [Theory]
    [InlineData("\"complete\": true", "\"complete\": false", "was altered after it was made")]
    [InlineData("\"approvalRequired\": true", "\"approvalRequired\": false", "contradicts itself: plan.approvalRequired says false")]
    [InlineData("\"reversible\": true", "\"reversible\": false", "contradicts itself: plan.steps[0].reversible says false")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "has format version 2; this version reads 1")]
    [InlineData("\"route\": \"basic\"", "\"route\": \"carrier-pigeon\"", "has the route 'carrier-pigeon' at plan.route")]
    [InlineData("\"complete\": true", "\"complete\": true, \"more\": 1", "has the unknown member 'more' at plan")]
    [InlineData("\"complete\": true,", "", "lacks the member 'complete' at plan")]
    [InlineData("\"complete\": true", "\"complete\": true, \"complete\": true", "is not well-formed JSON")]
    [InlineData("\"complete\": true", "\"complete\": \"yes\"", "has a text at plan.complete; expected true or false")]
    [InlineData("\"securityCost\": 10", "\"securityCost\": 101", "has the securityCost 101 at plan.steps[0]")]
    [InlineData("\"scope\": \"mailbox\"", "\"scope\": \"world\"", "has the scope 'world' at plan.steps[0]")]
    [InlineData("\"kind\": \"cmdlet\"", "\"kind\": \"magic\"", "has the kind 'magic' at plan.steps[0].action")]
    [InlineData("\"typical\": \"00:01:00\"", "\"typical\": \"soon\"", "has the duration 'soon' at plan.steps[0].propagation.typical")]
    [InlineData("\"expires\": \"2026-11-26T12:00:00Z\"", "\"expires\": \"tomorrow\"", "has the time 'tomorrow' at plan.expires")]
    [InlineData("\"dependsOn\": []", "\"dependsOn\": [\"s9\"]", "lets step 's1' depend on 's9'")]
    [InlineData("\"id\": \"s5\"", "\"id\": \"s1\"", "has two steps with the id 's1'")]
    [InlineData("\"target\": \"set-mailbox-switch\"", "\"target\": \"\\ud800\"", "holds text that is not valid Unicode")]
    [InlineData("\"permissions\": [", "\"permissions\": [1,", "has a number in the list plan.steps[0].permissions")]
    public void What_is_wrong_is_said_in_one_line(string text, string replacement, string message)
    {
        var json = PlanJson.Write(Full);
        var at = json.IndexOf(text, StringComparison.Ordinal);
        at.Should().BePositive();

        var reading = () => PlanJson.Read(json[..at] + replacement + json[(at + text.Length)..]);

        reading.Should().Throw<PlanFormatException>().Which.Message.Should().Contain(message).And.NotContainAny("\r", "\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"formatVersion\":99999999999}")]
    [InlineData("not json at all")]
    public void What_is_no_plan_is_refused(string text)
    {
        var reading = () => PlanJson.Read(text);

        reading.Should().Throw<PlanFormatException>();
    }

    [Fact]
    public void Deep_or_long_text_is_refused_quickly()
    {
        var deep = () => PlanJson.Read(new string('[', 100_000));
        var longer = () => PlanJson.Read(new string(' ', PlanJson.MaximumLength + 1));

        deep.Should().Throw<PlanFormatException>();
        longer.Should().Throw<PlanFormatException>().Which.Message.Should().Contain("at most");
    }

    [Fact]
    public void Reading_any_text_gives_a_plan_or_says_why_not() =>
        Gen.String.Sample(text =>
        {
            try
            {
                PlanJson.Read(text);
            }
            catch (PlanFormatException)
            {
            }
        });

    [Fact]
    public void The_order_of_members_in_free_values_does_not_count_and_their_values_do()
    {
        static RemediationPlan WithAfter(string json) =>
            SomePlan.With(SomePlan.MailboxSwitch() with { After = JsonNode.Parse(json) });

        PlanHash.Compute(WithAfter("""{"a":1,"b":[true]}""")).Should().Be(PlanHash.Compute(WithAfter("""{"b":[true],"a":1}""")));
        PlanHash.Compute(WithAfter("""{"a":1,"b":[true]}""")).Should().NotBe(PlanHash.Compute(WithAfter("""{"a":1,"b":[false]}""")));
    }

    private static readonly Gen<JsonNode?> Leaves = Gen.OneOf(
        Gen.Const((JsonNode?)null),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Long.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Double[-1e9, 1e9].Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.String.Select(value => (JsonNode?)JsonValue.Create(value)));

    private static readonly Gen<JsonNode?> Values = Gen.OneOf(
        Leaves,
        Leaves.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
        Gen.Select(Gen.String.AlphaNumeric.HashSet[0, 3], Leaves).Select((names, leaf) => (JsonNode?)new JsonObject(
            names.Select(name => KeyValuePair.Create(name, leaf?.DeepClone())))));

    private static readonly Gen<RemediationPlan> Plans =
        from before in Values
        from after in Values
        from text in Gen.String
        from ticks in Gen.Long[0, TimeSpan.TicksPerDay * 400]
        from undo in Gen.Bool
        from route in Gen.Int[0, 7]
        select Full with
        {
            Route = (Route)route,
            Expires = SkippingTime.Start.AddTicks(ticks),
            PackVersion = text,
            Steps =
            [
                SomePlan.MailboxSwitch() with
                {
                    Target = text,
                    Before = before,
                    After = after,
                    Requires = undo ? [text, "tenant.hasEntraIdP1"] : [],
                    PropagationMaximum = TimeSpan.FromTicks(ticks),
                    Action = new StepAction.GraphRequest("PATCH", "beta", "/x", before?.DeepClone()),
                    Undo = undo ? new StepAction.Manual() : null,
                },
            ],
        };
}
