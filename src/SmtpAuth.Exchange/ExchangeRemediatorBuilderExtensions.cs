using SmtpAuth.Exchange;

namespace SmtpAuth;

/// <summary>Adds Exchange Online to a <see cref="RemediatorBuilder"/>.</summary>
public static class ExchangeRemediatorBuilderExtensions
{
    /// <summary>Reads Exchange facts and applies mailbox and organization steps through Exchange Online.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="commands">How cmdlets are run. The caller owns it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static RemediatorBuilder AddExchange(this RemediatorBuilder builder, IExchangeCommands commands)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddReader(new ExchangeTenantReader(commands)).AddExecutor(new ExchangeStepExecutor(commands));
    }
}
