using System.Runtime.CompilerServices;
using System.Text;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Verification;

/// <summary>Shows, by real submissions through a probe, whether the sender gets through.</summary>
/// <remarks>
/// Accepted is not done: a change that was accepted and read back may not be effective yet. So a refusal is followed by
/// another try as long as there is time. Thread-safe.
/// </remarks>
public sealed class SubmissionVerifier : ISubmissionProof
{
    private readonly ISubmissionProbe _probe;
    private readonly ProbeRequest _request;
    private readonly TimeProvider _time;
    private readonly TimeSpan _firstPause;
    private readonly TimeSpan _longestPause;

    /// <summary>Initializes a new instance of the <see cref="SubmissionVerifier"/> class.</summary>
    /// <param name="probe">What makes one try.</param>
    /// <param name="request">Where, as whom and how far.</param>
    /// <param name="options">How patiently; <see langword="null"/> (the default) means the defaults.</param>
    /// <param name="time">The clock; <see langword="null"/> (the default) means the system's.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="probe"/> or <paramref name="request"/> is <see langword="null"/>.
    /// </exception>
    public SubmissionVerifier(
        ISubmissionProbe probe, ProbeRequest request, SubmissionVerifierOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(request);

        options ??= new();
        _probe = probe;
        _request = request;
        _time = time ?? TimeProvider.System;
        _firstPause = options.FirstPause;
        _longestPause = options.LongestPause;
    }

    /// <summary>Tries until a submission is accepted or the time is over.</summary>
    /// <param name="wait">How long to go on trying; zero means one try.</param>
    /// <param name="cancellationToken">Cancels; the connection is closed.</param>
    /// <returns>The tries, as they happen; at least one.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<ProofAttempt> VerifyAsync(
        TimeSpan wait, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pauses = new Pauses(_time, _firstPause, _longestPause, wait);
        string? before = null;
        for (var number = 1; ; number++)
        {
            var result = await _probe.ProbeAsync(_request, cancellationToken).ConfigureAwait(false);
            var accepted = result.Outcome == ProbeOutcome.Accepted;
            var words = Essence(result.ReplyText ?? result.Failure ?? string.Empty);
            var pause = accepted ? null : pauses.Next();
            yield return new(
                number, accepted, result.ReplyText, result.Failure, !accepted && before is not null && before != words, pause);
            if (pause is not { } duration)
            {
                yield break;
            }

            before = words;
            await _time.WaitAsync(duration, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    IAsyncEnumerable<ProofAttempt> ISubmissionProof.ProveAsync(
        RemediationPlan plan, TimeSpan wait, CancellationToken cancellationToken) => VerifyAsync(wait, cancellationToken);

    // Exchange Online ends its replies with [server time session], which differs every time and means nothing here.
    private static string Essence(string reply)
    {
        var essence = new StringBuilder();
        var depth = 0;
        foreach (var character in reply)
        {
            depth += character == '[' ? 1 : 0;
            if (depth == 0 && !char.IsWhiteSpace(character))
            {
                essence.Append(character);
            }

            depth -= character == ']' && depth > 0 ? 1 : 0;
        }

        return essence.ToString();
    }
}
