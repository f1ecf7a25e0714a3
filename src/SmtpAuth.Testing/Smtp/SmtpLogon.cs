using System.Text;

namespace SmtpAuth.Testing.Smtp;

/// <summary>The dialogues of AUTH: LOGIN with or without an initial response, XOAUTH2 likewise.</summary>
internal sealed class SmtpLogon(SmtpChannel channel, SmtpContext context)
{
    private const string UserPrompt = "334 VXNlcm5hbWU6";
    private const string PasswordPrompt = "334 UGFzc3dvcmQ6";

    /// <summary>Holds the dialogue. Null after it ended without a decision: cancelled, not base64, or the client left.</summary>
    public Task<SubmissionDecision?> RunAsync(string mechanism, string? initial) => mechanism switch
    {
        "LOGIN" => LoginAsync(initial),
        _ => OAuthAsync(initial),
    };

    private async Task<SubmissionDecision?> LoginAsync(string? initial) =>
        await ResponseAsync(initial, UserPrompt) is { } user && await ResponseAsync(null, PasswordPrompt) is { } password
            ? context.Basic.Decide(user, password)
            : null;

    private async Task<SubmissionDecision?> OAuthAsync(string? initial)
    {
        var response = initial;
        if (response is null)
        {
            await channel.SendAsync("334 ");
            response = await channel.ReadCommandAsync();
        }

        if (response is null)
        {
            return null;
        }

        if (response == "*")
        {
            await channel.ProtocolErrorAsync(SmtpReplies.Cancelled);
            return null;
        }

        var decision = context.OAuth.Decide(response);
        if (decision.Reply == SmtpReplies.Unsuccessful && context.Behavior.ChallengeRefusedTokens)
        {
            var challenge = """{"status":"401","schemes":"bearer","scope":"https://outlook.office.com/SMTP.Send"}"""u8;
            await channel.SendAsync("334 " + Convert.ToBase64String(challenge));
            await channel.ReadCommandAsync();
        }

        return decision;
    }

    private async Task<string?> ResponseAsync(string? initial, string prompt)
    {
        var line = initial;
        if (line is null)
        {
            await channel.SendAsync(prompt);
            line = await channel.ReadCommandAsync();
        }

        if (line is null)
        {
            return null;
        }

        var decoded = new byte[line.Length];
        if (line != "*" && Convert.TryFromBase64String(line == "=" ? string.Empty : line, decoded, out var length))
        {
            return Encoding.UTF8.GetString(decoded, 0, length);
        }

        await channel.ProtocolErrorAsync(line == "*" ? SmtpReplies.Cancelled : SmtpReplies.InvalidArguments);
        return null;
    }
}
