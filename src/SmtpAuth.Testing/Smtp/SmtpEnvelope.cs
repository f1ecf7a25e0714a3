namespace SmtpAuth.Testing.Smtp;

/// <summary>The sender and recipients of the message that is being submitted.</summary>
internal sealed class SmtpEnvelope
{
    public string? Sender { get; set; }

    public List<string> Recipients { get; } = [];

    /// <summary>Gets or sets what came by BDAT so far; null before the first chunk.</summary>
    public MessageBuffer? Chunks { get; set; }

    public void Forget()
    {
        Sender = null;
        Chunks = null;
        Recipients.Clear();
    }
}
