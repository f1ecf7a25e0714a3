namespace SmtpAuth.Testing.Entra;

/// <summary>What one Conditional Access policy said to one sign-in.</summary>
/// <param name="Id">The policy's id.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Controls">The grant controls that were asked for.</param>
/// <param name="Result"><c>failure</c>, <c>success</c>, <c>notApplied</c>, <c>notEnabled</c>, <c>reportOnlyFailure</c>,
/// <c>reportOnlySuccess</c> or <c>reportOnlyNotApplied</c>.</param>
/// <param name="Reason">Why it does not apply, in the words of the what-if answer; <c>notSet</c> when it applies.</param>
/// <param name="ErrorCode">The sign-in error code when it refuses; otherwise 0.</param>
internal sealed record AppliedPolicy(
    string Id, string DisplayName, IReadOnlyList<string> Controls, string Result, string Reason, int ErrorCode)
{
    public bool Applies => Reason == "notSet";

    /// <summary>Gets a value indicating whether the policy took part in the decision.</summary>
    public bool IsEnforced => Result is "failure" or "success";
}
