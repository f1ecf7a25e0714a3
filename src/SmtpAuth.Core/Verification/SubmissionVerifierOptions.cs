namespace SmtpAuth.Verification;

/// <summary>How patiently real submissions are tried. The verifier copies the values.</summary>
public sealed class SubmissionVerifierOptions
{
    /// <summary>Gets or sets the pause after the first refused try; it doubles from try to try.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the longest pause between two tries.</summary>
    /// <value>The default is 5 minutes: refused sign-ins feed lockouts, so there are few of them even in a long wait.</value>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);
}
