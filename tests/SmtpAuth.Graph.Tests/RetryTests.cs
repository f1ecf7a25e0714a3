using Microsoft.Extensions.Time.Testing;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Graph;

public class RetryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int, string?, double> Waits() => new()
    {
        // answer, status, Retry-After => seconds until the next attempt
        { AnswerNames.Organization, 429, "7", 7 },
        { AnswerNames.Organization, 503, "3", 3 },
        { AnswerNames.Organization, 429, "Wed, 25 Nov 2026 12:01:05 GMT", 65 },
        { AnswerNames.Organization, 429, null, 2 },
        { AnswerNames.Organization, 504, null, 2 },
        { AnswerNames.Organization, 429, "soon", 2 },
        { AnswerNames.Organization, 429, "-5", 2 },
        { AnswerNames.SecurityDefaults, 408, null, 2 },
        { AnswerNames.ConditionalAccessPolicies, 429, null, 5 },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task The_next_attempt_comes_when_the_service_asked_for_it(string answer, int status, string? retryAfter, double seconds)
    {
        var time = new FakeTimeProvider(Start);
        var attempts = new List<DateTimeOffset>();
        using var connection = Connection(time, () =>
        {
            attempts.Add(time.GetUtcNow());
            var response = attempts.Count == 1 ? Some.Json(status, "") : Some.Json(200, """{"value":[]}""");
            response.Headers.Date = Start;
            if (retryAfter is not null && attempts.Count == 1)
            {
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }

            return response;
        });

        var result = await ReadAsync(connection, time, answer);

        result.Failure.Should().BeNull();
        attempts.Should().HaveCount(2);
        (attempts[1] - attempts[0]).TotalSeconds.Should().BeApproximately(seconds, 1);
    }

    [Fact]
    public async Task Attempts_end_with_the_time_for_them()
    {
        var time = new FakeTimeProvider(Start);
        var attempts = 0;
        using var connection = Connection(time, () =>
        {
            attempts++;
            return Some.Json(503, "");
        });

        var result = await ReadAsync(connection, time, AnswerNames.Organization);

        result.Failure.Should().Contain("503");
        attempts.Should().BeInRange(4, 8);
        (time.GetUtcNow() - Start).Should().BeLessThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_made_again()
    {
        var time = new FakeTimeProvider(Start);
        var attempts = 0;
        using var handler = new HangingHandler(() => ++attempts == 1);
        using var connection = new GraphConnection(
            MicrosoftCloud.Global, new FixedToken("canary-token"), new() { HttpHandler = handler, TimeProvider = time, Jitter = () => 1 });

        var result = await ReadAsync(connection, time, AnswerNames.Organization);

        (result.Failure, attempts).Should().Be((null, 2));
    }

    [Fact]
    public async Task Conditional_Access_is_asked_at_most_once_a_second()
    {
        var time = new FakeTimeProvider(Start);
        var asked = new List<DateTimeOffset>();
        using var connection = Connection(time, () =>
        {
            asked.Add(time.GetUtcNow());
            return Some.Json(200, """{"value":[]}""");
        });

        await ReadAsync(connection, time, AnswerNames.ConditionalAccessPolicies);
        await ReadAsync(connection, time, AnswerNames.NamedLocations);
        await ReadAsync(connection, time, AnswerNames.ConditionalAccessPolicies);

        asked.Zip(asked.Skip(1), (one, next) => next - one).Should().OnlyContain(gap => gap >= TimeSpan.FromSeconds(1));
    }

    private static GraphConnection Connection(FakeTimeProvider time, Func<HttpResponseMessage> answer) => Some.Connection(
        (_, _) => answer(),
        options =>
        {
            options.TimeProvider = time;
            options.Jitter = () => 1;
        });

    private static async Task<TenantAnswer> ReadAsync(GraphConnection connection, FakeTimeProvider time, string answer)
    {
        var reading = new GraphTenantReader(connection).ReadAsync(Some.Submission, [answer], CancellationToken.None);
        while (!reading.IsCompleted)
        {
            await Task.WhenAny(reading, Task.Delay(2));
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        return (await reading).Single();
    }

    private sealed class HangingHandler(Func<bool> hangs) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (hangs())
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return Some.Json(200, """{"value":[]}""");
        }
    }
}
