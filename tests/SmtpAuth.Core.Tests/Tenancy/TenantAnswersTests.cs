using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class TenantAnswersTests
{
    [Fact]
    public void An_answer_that_was_never_asked_for_is_a_failed_one() =>
        TenantAnswers.None[AnswerNames.User].Failure.Should().Be("It was not read.");

    [Fact]
    public void Later_answers_replace_earlier_ones_and_the_set_they_came_from_keeps_its_own()
    {
        var before = TenantAnswers.None.With(AnswerNames.User, "{}");

        var after = before.With(Some.Answer(AnswerNames.User, "[]"), Some.Answer(AnswerNames.User, "[1]"));

        before[AnswerNames.User].Content!.Value.GetRawText().Should().Be("{}");
        after[AnswerNames.User].Content!.Value.GetRawText().Should().Be("[1]");
    }

    [Fact]
    public void Group_answers_are_named_after_the_group_in_lower_case() =>
        AnswerNames.GroupMembers("ABC").Should().Be("graph/groupMembers-abc");
}
