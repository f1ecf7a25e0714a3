namespace SmtpAuth.Execution;

/// <summary>The right to write to one tenant for a while. Nobody else holds it.</summary>
/// <param name="Tenant">The tenant's key.</param>
/// <param name="Token">The fencing token: greater than that of every earlier lease on the tenant.</param>
/// <param name="Holder">Who holds it, for a person.</param>
/// <param name="Expires">When it ends unless it is renewed, in UTC.</param>
public sealed record RunLease(string Tenant, long Token, string Holder, DateTimeOffset Expires);
