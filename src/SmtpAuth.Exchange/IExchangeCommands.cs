namespace SmtpAuth.Exchange;

/// <summary>Carries out cmdlets of Exchange Online by name.</summary>
/// <remarks>
/// Implementers: whatever the service explains is an <see cref="ExchangeResult"/>; a cmdlet that reads may be repeated, one
/// that writes only where the service said that it did not take it. Parameters that are JSON <c>null</c> are sent as such.
/// </remarks>
public interface IExchangeCommands
{
    /// <summary>Carries out one cmdlet.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="cancellationToken">Cancels; a write in flight is allowed to finish.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    Task<ExchangeResult> RunAsync(ExchangeCommand command, CancellationToken cancellationToken);

    /// <summary>Carries out cmdlets that read, together where the service can do that.</summary>
    /// <param name="commands">The cmdlets; each <see cref="ExchangeCommand.IsRead"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="ArgumentException">One of them writes.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<IReadOnlyList<ExchangeResult>> ReadAllAsync(IReadOnlyList<ExchangeCommand> commands, CancellationToken cancellationToken);

    /// <summary>Finds out what the identity may and may not do, without doing it.</summary>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>What is known; nothing where the service does not say.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<ExchangePermissions> FindPermissionsAsync(CancellationToken cancellationToken);
}
