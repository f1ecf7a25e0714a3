namespace SmtpAuth.Execution;

/// <summary>Why a run is refused before its first write.</summary>
/// <remarks>Later versions may add members: a switch over it needs a default arm.</remarks>
public enum RefusalKind
{
    /// <summary>The plan is too old.</summary>
    Expired,

    /// <summary>The plan contradicts itself, such as steps that wait for each other.</summary>
    Malformed,

    /// <summary>The plan was made for another tenant, or which tenant this is could not be found out.</summary>
    Tenant,

    /// <summary>Nobody can make the call of a step.</summary>
    NoExecutor,

    /// <summary>A permission or role is missing.</summary>
    MissingPermission,

    /// <summary>The tenant lacks what a step needs, such as a licence, or it could not be found out.</summary>
    MissingRequirement,

    /// <summary>An approval is needed and there is none.</summary>
    ApprovalMissing,

    /// <summary>There is an approval, but not for this plan, not any more, or not from the right person.</summary>
    ApprovalInvalid,

    /// <summary>The tenant is not as the plan was made from.</summary>
    Drift,

    /// <summary>A value that decides could not be read.</summary>
    Unreadable,

    /// <summary>Another run is writing to the tenant.</summary>
    LeaseHeld,

    /// <summary>The journal has no such run, or there is nothing in it to do.</summary>
    Run,
}
