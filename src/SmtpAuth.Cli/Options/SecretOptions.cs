using System.CommandLine;

namespace SmtpAuth.Cli.Options;

/// <summary>The options that name the environment variable with the sender's password or token. Never the secret itself.</summary>
internal sealed class SecretOptions
{
    public Option<string?> PasswordVariable { get; } = new("--password-env")
    {
        Description = "Environment variable with the sender's password.",
        HelpName = "VAR",
    };

    public Option<string?> TokenVariable { get; } = new("--token-env")
    {
        Description = "Environment variable with an access token for SMTP, for the oauth mechanisms.",
        HelpName = "VAR",
    };

    public void AddTo(Command command)
    {
        command.Add(PasswordVariable);
        command.Add(TokenVariable);
        command.Validators.Add(result =>
        {
            if (result.GetValue(PasswordVariable) is not null && result.GetValue(TokenVariable) is not null)
            {
                result.AddError("Expected --password-env or --token-env, and found both.");
            }
        });
    }

    /// <summary>Reads the secret for a route.</summary>
    /// <returns>The secret, or <see langword="null"/> where no option names one.</returns>
    /// <exception cref="CommandFailure">The variable is not set, or the option does not fit the route.</exception>
    public Secret? Read(CommandContext context, Route route)
    {
        var (option, other) = route == Route.Basic ? (PasswordVariable, TokenVariable) : (TokenVariable, PasswordVariable);
        if (context.Value(other) is not null)
        {
            throw CommandFailure.BadInput($"{other.Name} does not go with {route.ToName()}. Expected {option.Name}.");
        }

        if (context.Value(option) is not { } variable)
        {
            return null;
        }

        return context.Streams.Environment(variable) is { Length: > 0 } value
            ? new Secret(value)
            : throw CommandFailure.BadInput($"{option.Name}: the environment variable {variable} is not set. Set it to the secret first.");
    }
}
