using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Planning;

public sealed class ObservedValuesLaws
{
    private static readonly Gen<Observation> Observations = Gen.OneOf(
        new Observation { Answer = AnswerNames.CasMailbox, Path = "SmtpClientAuthenticationDisabled" },
        new Observation { Answer = AnswerNames.User, Path = "accountEnabled" },
        new Observation { Answer = AnswerNames.TransportConfig, Path = "SmtpClientAuthenticationDisabled" },
        new Observation { Answer = AnswerNames.OrganizationConfig, Path = "New.Nested.Member" },
        new Observation { Answer = AnswerNames.AuthenticationPolicy, KeyProperty = "Name", Key = "Block Basic", Path = "AllowBasicAuthSmtp" },
        new Observation { Answer = AnswerNames.AuthenticationPolicy, KeyProperty = "Name", Key = "Block Basic" },
        new Observation { Answer = AnswerNames.AuthenticationPolicy, KeyProperty = "Name", Key = "New policy" },
        new Observation { Answer = AnswerNames.ConditionalAccessPolicies, KeyProperty = "displayName", Key = "New policy" },
        new Observation { Answer = AnswerNames.MailboxPermission, KeyProperty = "User", Key = Some.PrincipalId },
        new Observation { Answer = AnswerNames.SubscribedSkus, KeyProperty = "accountId", Key = Some.TenantId, Path = "prepaidUnits" });

    private static readonly Gen<(Observation Observation, JsonNode? After)> Changes = Observations.SelectMany(observation =>
        (observation.Path is null ? RandomJson.WritableObjects : RandomJson.WritableValues).Select(text => (observation, After(observation, text))));

    [Fact]
    public void What_is_read_after_a_foreseen_change_is_what_was_wanted() => Changes.Sample((observation, after) =>
    {
        var answers = ObservedValues.Predict(Some.Answers(), Some.Submission(), observation, after);
        var read = ObservedValues.Read(answers, Some.Submission(), observation);
        return read.IsKnown && ObservedValues.Satisfies(read.Value, after);
    });

    [Fact]
    public void Foreseeing_a_change_twice_is_foreseeing_it_once() => Changes.Sample((observation, after) =>
    {
        var once = ObservedValues.Predict(Some.Answers(), Some.Submission(), observation, after);
        var twice = ObservedValues.Predict(once, Some.Submission(), observation, after);
        return once[observation.Answer].Content!.Value.GetRawText() == twice[observation.Answer].Content!.Value.GetRawText();
    });

    [Fact]
    public void A_foreseen_change_leaves_every_other_answer_alone() => Changes.Sample((observation, after) =>
    {
        var answers = Some.Answers();
        var changed = ObservedValues.Predict(answers, Some.Submission(), observation, after);
        return changed.Names.Where(name => name != observation.Answer).All(name => ReferenceEquals(answers[name], changed[name]))
            && changed.Names.Count == answers.Names.Count;
    });

    // A whole object keeps the key by which it is found, and a row that grants a right does not turn into one that denies it.
    private static JsonNode? After(Observation observation, string text)
    {
        var after = JsonNode.Parse(text);
        if (observation is { Path: null, KeyProperty: { } property } && after is JsonObject whole)
        {
            whole[property] = observation.Key;
            whole.Remove("Deny");
        }

        return after;
    }

    [Fact]
    public void Every_value_satisfies_itself() => RandomJson.WritableValues.Sample(text =>
        ObservedValues.Satisfies(JsonNode.Parse(text), JsonNode.Parse(text)));
}
