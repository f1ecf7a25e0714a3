using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class TenantReadersTests
{
    [Fact]
    public async Task Each_answer_is_asked_of_the_first_reader_that_can_and_never_twice()
    {
        var graph = new Reader("graph/", []);
        var everything = new Reader("", []);

        var read = await new TenantReaders(graph, everything).ReadAsync(
            Some.Submission(), [AnswerNames.User, AnswerNames.Mailbox, AnswerNames.User], CancellationToken.None);

        graph.Asked.Should().Equal(AnswerNames.User);
        everything.Asked.Should().Equal(AnswerNames.Mailbox);
        read.Select(answer => answer.Name).Should().Equal(AnswerNames.User, AnswerNames.Mailbox);
    }

    [Fact]
    public async Task What_came_along_never_replaces_what_was_asked_for()
    {
        var graph = new Reader("graph/", [AnswerNames.Mailbox, AnswerNames.Domains]);
        var exchange = new Reader("exchange/", []);

        var read = await new TenantReaders(graph, exchange).ReadAsync(Some.Submission(), [AnswerNames.User, AnswerNames.Mailbox], CancellationToken.None);

        read.Select(answer => (answer.Name, answer.Source)).Should().Equal(
            (AnswerNames.User, "graph/"), (AnswerNames.Mailbox, "exchange/"), (AnswerNames.Domains, "graph/"));
    }

    [Fact]
    public async Task What_nobody_can_read_or_a_reader_forgot_is_a_failed_answer()
    {
        var readers = new TenantReaders(new Reader("graph/", []) { Forgets = true });

        var read = await readers.ReadAsync(Some.Submission(), [AnswerNames.User, AnswerNames.Mailbox], CancellationToken.None);

        read.Select(answer => answer.Failure).Should().Equal("The reader gave no answer.", "No connected system can read it.");
        (readers.CanRead(AnswerNames.User), readers.CanRead(AnswerNames.Mailbox)).Should().Be((true, false));
    }

    [Fact]
    public async Task Recorded_answers_can_be_read_again()
    {
        var reader = new RecordedTenantReader(Some.Answers());

        var read = await reader.ReadAsync(Some.Submission(), [AnswerNames.User], CancellationToken.None);

        read.Single().Content.Should().NotBeNull();
        reader.CanRead("graph/unheardOf").Should().BeFalse();
        await FluentActions.Awaiting(() => reader.ReadAsync(Some.Submission(), [], new CancellationToken(true))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Only_what_a_fact_on_the_route_needs_is_asked_for()
    {
        var plain = new Submission { Mailbox = Some.Mailbox };

        RequiredAnswers.For(plain).Should().Contain(AnswerNames.CasMailbox).And.Contain(AnswerNames.AuthenticationPolicy)
            .And.NotContain(AnswerNames.SignIns).And.NotContain(AnswerNames.RecipientPermission).And.NotContain(AnswerNames.ServicePrincipal)
            .And.NotContain(AnswerNames.InboundConnector).And.OnlyHaveUniqueItems();
        RequiredAnswers.For(plain with { From = "office@contoso.com" }).Should().Contain(AnswerNames.RecipientPermission);
        RequiredAnswers.For(Some.Submission() with { Route = Route.OAuthApp }).Should().Contain(AnswerNames.ManagementRoleAssignment)
            .And.NotContain(AnswerNames.AuthenticationPolicy);
        RequiredAnswers.For(plain, Routes.All).Should().Contain(AnswerNames.InboundConnector);
        RequiredAnswers.ForFact("signIn.errorCode").Should().StartWith([AnswerNames.SignIns]);
        FluentActions.Invoking(() => RequiredAnswers.ForFact("no.such")).Should().Throw<KeyNotFoundException>();
    }

    private sealed class Reader(string prefix, string[] further) : ITenantReader
    {
        public List<string> Asked { get; } = [];

        public bool Forgets { get; init; }

        public bool CanRead(string answer) => answer.StartsWith(prefix, StringComparison.Ordinal);

        public Task<IReadOnlyList<TenantAnswer>> ReadAsync(Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
        {
            Asked.AddRange(answers);
            return Task.FromResult<IReadOnlyList<TenantAnswer>>(
                Forgets ? [] : [.. answers.Concat(further).Select(name => TenantAnswer.Failed(name, "a test", prefix, null))]);
        }
    }
}
