using SmtpAuth.Diagnoses;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;
using SmtpAuth.Verification;

namespace SmtpAuth;

/// <summary>Puts a <see cref="Remediator"/> together. Adapters extend it.</summary>
/// <remarks>Not thread-safe. What is given stays the caller's to dispose.</remarks>
public sealed class RemediatorBuilder
{
    private readonly List<ITenantReader> _readers = [];
    private readonly List<IStepExecutor> _executors = [];
    private RulePack _pack = RulePack.Embedded;
    private string _language = "en";
    private IRunJournal? _journal;
    private IApprovalGate? _gate;
    private ISubmissionProof? _proof;
    private TimeProvider _time = TimeProvider.System;

    /// <summary>Adds a reader; of several that can read an answer, the one added first does.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder AddReader(ITenantReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _readers.Add(reader);
        return this;
    }

    /// <summary>Adds an executor; of several that can make a call, the one added first does. Without any, nothing is ever changed.</summary>
    /// <param name="executor">The executor.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="executor"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder AddExecutor(IStepExecutor executor)
    {
        ArgumentNullException.ThrowIfNull(executor);
        _executors.Add(executor);
        return this;
    }

    /// <summary>Proves applied plans by real submissions. Without it, the best outcome is <see cref="RunOutcome.Observed"/>.</summary>
    /// <param name="probe">What submits.</param>
    /// <param name="request">Where, as whom and how far.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public RemediatorBuilder UseProbe(ISubmissionProbe probe, ProbeRequest request)
    {
        _proof = new SubmissionVerifier(probe, request, time: _time);
        return this;
    }

    /// <summary>Proves applied plans by signing in at a cloud's submission host, as far as the answer to AUTH; no message is sent.</summary>
    /// <param name="probe">What submits.</param>
    /// <param name="cloud">The cloud.</param>
    /// <param name="submission">The sender.</param>
    /// <param name="credential">The sender's password, or access token on an OAuth route.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public RemediatorBuilder UseProbe(ISubmissionProbe probe, MicrosoftCloud cloud, Submission submission, Secret credential)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(credential);
        return UseProbe(probe, new ProbeRequest
        {
            Host = cloud.SmtpHost,
            Port = cloud.SmtpPort,
            TrustedCertificateSha256 = cloud.SmtpTrustCertificateSha256,
            Submission = submission,
            Credential = credential,
        });
    }

    /// <summary>Uses a rule pack.</summary>
    /// <param name="pack">The pack. The default is <see cref="RulePack.Embedded"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pack"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder UsePack(RulePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        _pack = pack;
        return this;
    }

    /// <summary>Chooses the language of the words in diagnoses and plans.</summary>
    /// <param name="language"><c>en</c> (the default) or <c>ro</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="language"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder UseLanguage(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        _language = language;
        return this;
    }

    /// <summary>Records runs in a journal that outlives this process.</summary>
    /// <param name="journal">The journal. The default keeps runs in memory, so they cannot be resumed after a crash.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="journal"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder UseJournal(IRunJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _journal = journal;
        return this;
    }

    /// <summary>Asks somebody where a plan needs an approval and none was given.</summary>
    /// <param name="gate">Whom to ask. The default is nobody: such a plan is refused.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gate"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder UseApprovalGate(IApprovalGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        _gate = gate;
        return this;
    }

    /// <summary>Uses a clock. Call it before <c>UseProbe</c>.</summary>
    /// <param name="time">The clock. The default is the system's.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="time"/> is <see langword="null"/>.</exception>
    public RemediatorBuilder UseTimeProvider(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        return this;
    }

    /// <summary>Makes the remediator. The builder may be changed afterwards without reaching it.</summary>
    /// <returns>The remediator.</returns>
    public Remediator Build() => new(new(
        [.. _readers],
        [.. _executors],
        new Diagnoser(_pack, _language),
        new Planner(_pack),
        _language,
        _journal ?? new InMemoryRunJournal(_time),
        _gate,
        _proof,
        _time));
}
