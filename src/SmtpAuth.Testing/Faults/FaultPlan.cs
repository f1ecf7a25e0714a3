namespace SmtpAuth.Testing.Faults;

/// <summary>The faults of one tenant, asked once per request.</summary>
internal sealed class FaultPlan(IEnumerable<Fault> faults, int seed)
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [.. faults];

    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    public Fault? Next(EmulatedService service, string method, string target)
    {
        lock (_lock)
        {
            return _faults.FirstOrDefault(fault =>
                fault.Service == service
                && (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
                && (fault.Target is null || target.Contains(fault.Target, StringComparison.OrdinalIgnoreCase))
                && fault.Hits(seed));
        }
    }
}
