using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SmtpAuth.Http;

/// <summary>The one policy by which calls are repeated, for Graph and Exchange alike.</summary>
/// <remarks>
/// A read is repeated after a lost answer and wherever the service is throttled or broken. A write is repeated only where
/// the service said that it did not take it: throttled, or unavailable with a time at which to come back.
/// </remarks>
internal sealed class RetryRules
{
    private const int MostRetries = 8;

    private static readonly ResiliencePropertyKey<CallState> StateKey = new("SmtpAuth.Call");
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly ConnectionOptions _options;
    private readonly ResiliencePipeline<CallResult> _pipeline;

    public RetryRules(TimeProvider time, ConnectionOptions options)
    {
        _time = time;
        _options = options;
        _pipeline = new ResiliencePipelineBuilder<CallResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<CallResult>
            {
                MaxRetryAttempts = MostRetries,
                ShouldHandle = arguments => new(ShouldRetry(arguments)),
                DelayGenerator = arguments => new(arguments.Context.Properties.GetValue(StateKey, null!).Pause),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
            .Build();
    }

    /// <summary>Makes a call, and again where that is safe and the time allows it.</summary>
    /// <param name="kind">What may be repeated.</param>
    /// <param name="shortestPause">The shortest pause where the service names none.</param>
    /// <param name="judge">Tells what an answer means for another attempt.</param>
    /// <param name="attempt">Makes the call once. Its token also ends it when it takes too long.</param>
    /// <param name="first">What a batch already gave for this call; it counts as the first attempt.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<CallResult> RunAsync(
        CallKind kind,
        TimeSpan shortestPause,
        Func<ServiceReply, ReplyVerdict> judge,
        Func<CancellationToken, Task<CallResult>> attempt,
        CallResult? first,
        CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(StateKey, new CallState(kind, shortestPause, judge, _time.GetTimestamp()));
        try
        {
            return await _pipeline.ExecuteAsync(
                async inner => Interlocked.Exchange(ref first, null) ?? await (kind == CallKind.Write
                    ? FinishAsync(attempt, inner.CancellationToken)
                    : attempt(inner.CancellationToken)).ConfigureAwait(false),
                context).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return TimedOut();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // A write in flight is allowed to finish, so only its own time ends it, not the caller.
    private async Task<CallResult> FinishAsync(Func<CancellationToken, Task<CallResult>> attempt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#if NET
        using var timeout = new CancellationTokenSource(_options.AttemptTimeout, _time);
#else
        using var timeout = _time.CreateCancellationTokenSource(_options.AttemptTimeout);
#endif
        try
        {
            return await attempt(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return TimedOut();
        }
    }

    private CallResult TimedOut() =>
        CallResult.Unanswered($"There was no answer within {_options.AttemptTimeout.TotalSeconds:0.###} s.", isNothingSent: false);

    private bool ShouldRetry(RetryPredicateArguments<CallResult> arguments)
    {
        var state = arguments.Context.Properties.GetValue(StateKey, null!);
        if (!IsRepeatable(state, arguments.Outcome))
        {
            return false;
        }

        state.Pause = Pause(state, arguments.Outcome.Result?.Reply, arguments.AttemptNumber);
        return _time.GetElapsedTime(state.StartedAt) + state.Pause <= _options.RetryBudget;
    }

    private static bool IsRepeatable(CallState state, Outcome<CallResult> outcome)
    {
        var isRead = state.Kind == CallKind.Read;
        if (outcome.Exception is { } exception)
        {
            return isRead && exception is TimeoutRejectedException;
        }

        var result = outcome.Result!;
        return result.Reply is not { } reply
            ? isRead && result.IsWorthRepeating()
            : state.Judge(reply) is var verdict && (verdict == ReplyVerdict.NotTaken || (isRead && verdict == ReplyVerdict.Broken));
    }

    private TimeSpan Pause(CallState state, ServiceReply? reply, int attempt)
    {
        if (reply?.RetryAfter(_time.GetUtcNow()) is { } asked)
        {
            return asked;
        }

        var seconds = Math.Min(LongestPause.TotalSeconds, Math.Pow(2, attempt + 1)) * _options.Jitter();
        var pause = TimeSpan.FromSeconds(seconds);
        return reply?.Status == 429 && pause < state.ShortestPause ? state.ShortestPause : pause;
    }

    private sealed class CallState(CallKind kind, TimeSpan shortestPause, Func<ServiceReply, ReplyVerdict> judge, long startedAt)
    {
        public CallKind Kind => kind;

        public TimeSpan ShortestPause => shortestPause;

        public Func<ServiceReply, ReplyVerdict> Judge => judge;

        public long StartedAt => startedAt;

        public TimeSpan Pause { get; set; }
    }
}
