namespace SmtpAuth.Execution;

/// <summary>How a run behaves. The runner copies the values when the run begins.</summary>
public sealed class RunOptions
{
    /// <summary>Gets or sets the id of the run.</summary>
    /// <value>The default, <see langword="null"/>, means a new one.</value>
    public string? RunId { get; set; }

    /// <summary>Gets or sets the tenant that the readers and executors are connected to: its id or one of its domains.</summary>
    /// <value>The default, <see langword="null"/>, means that the tenant itself is asked where the plan names one.</value>
    public string? TenantId { get; set; }

    /// <summary>Gets or sets how long to wait until changes have spread: for reading back and for the proof.</summary>
    /// <value>
    /// The default, <see langword="null"/>, means the longest typical time of the plan's steps, at least 2 minutes. Zero
    /// means to look once and not to wait.
    /// </value>
    public TimeSpan? Wait { get; set; }

    /// <summary>Gets or sets how long reading back one step may take, because reads of Exchange Online may be 60 to 90 seconds old (as of 2026-11).</summary>
    /// <value>The default is 2 minutes; a shorter <see cref="Wait"/> wins.</value>
    public TimeSpan ReadBackLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Gets or sets how long reads must go on showing the old value before a write whose answer was lost counts as not made.
    /// </summary>
    /// <value>The default is 2 minutes, longer than stale reads last. <see cref="Wait"/> does not shorten it.</value>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how often one step is attempted when reads show that an attempt wrote nothing.</summary>
    /// <value>The default is 2; at least 1.</value>
    public int MaximumAttempts { get; set; } = 2;

    /// <summary>Gets or sets the first pause between two reads; it doubles up to 15 seconds.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long the lease on the tenant lasts; it is renewed while the run goes on.</summary>
    /// <value>The default is 1 minute.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets who wants the run, for the journal and for the rule that someone else approves.</summary>
    /// <value>The default, <see langword="null"/>, means that it is not known.</value>
    public string? RequestedBy { get; set; }

    /// <summary>Gets or sets a value indicating whether the approver must be someone else than <see cref="RequestedBy"/>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RequireOtherApprover { get; set; }

    /// <summary>Gets or sets a value indicating whether every plan needs an approval, not only a risky one.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AlwaysRequireApproval { get; set; }

    /// <summary>Gets or sets a value indicating whether to try a real submission at the end, where a proof is at hand.</summary>
    /// <value>The default is <see langword="true"/>. A run that takes another back never tries.</value>
    public bool Prove { get; set; } = true;

    internal RunOptions Copy()
    {
        var copy = (RunOptions)MemberwiseClone();
        copy.MaximumAttempts = Math.Max(1, copy.MaximumAttempts);
        copy.PollInterval = copy.PollInterval > TimeSpan.Zero ? copy.PollInterval : TimeSpan.FromMilliseconds(1);
        return copy;
    }
}
