using SmtpAuth.Graph;

namespace SmtpAuth;

/// <summary>Adds Microsoft Graph to a <see cref="RemediatorBuilder"/>.</summary>
public static class GraphRemediatorBuilderExtensions
{
    /// <summary>Reads Entra facts and applies Entra steps through Microsoft Graph.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connection">The connection. The caller owns it.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static RemediatorBuilder AddGraph(this RemediatorBuilder builder, GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddReader(new GraphTenantReader(connection)).AddExecutor(new GraphStepExecutor(connection));
    }
}
