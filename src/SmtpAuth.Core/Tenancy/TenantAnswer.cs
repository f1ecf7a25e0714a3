using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>One answer of the tenant, exactly as the service or the cmdlet gave it, or the reason why there is none.</summary>
/// <remarks>
/// <para>Recorded folders and live readers give the same values, so facts are derived in one place.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed record TenantAnswer
{
    private TenantAnswer(string name, string source, DateTimeOffset? readAt, JsonElement? content, string? failure)
    {
        Name = name;
        Source = source;
        ReadAt = readAt;
        Content = content;
        Failure = failure;
    }

    /// <summary>Gets the name, one of <see cref="AnswerNames"/>.</summary>
    public string Name { get; }

    /// <summary>Gets where the answer came from, for a person: a request, a cmdlet or a file name.</summary>
    public string Source { get; }

    /// <summary>Gets when the answer was read, in UTC.</summary>
    /// <value><see langword="null"/> means that the time is not known.</value>
    public DateTimeOffset? ReadAt { get; }

    /// <summary>Gets the content: an array, a single object, or a Graph page with <c>value</c>.</summary>
    /// <value><see langword="null"/> means that there is no answer; <see cref="Failure"/> then says why.</value>
    public JsonElement? Content { get; }

    /// <summary>Gets why there is no answer, one sentence for a person, without secrets.</summary>
    /// <value><see langword="null"/> means that there is an answer.</value>
    public string? Failure { get; }

    /// <summary>Makes an answer that was read.</summary>
    /// <param name="name">One of <see cref="AnswerNames"/>.</param>
    /// <param name="content">The content. It is copied, so its document may be disposed.</param>
    /// <param name="source">Where it came from, for a person.</param>
    /// <param name="readAt">When it was read, or <see langword="null"/> where that is not known.</param>
    /// <returns>The answer.</returns>
    public static TenantAnswer Read(string name, JsonElement content, string source, DateTimeOffset? readAt) =>
        new(name, source, readAt, content.Clone(), null);

    /// <summary>Makes an answer that could not be had.</summary>
    /// <param name="name">One of <see cref="AnswerNames"/>.</param>
    /// <param name="failure">Why, in one sentence without secrets, and what to do about it.</param>
    /// <param name="source">Where it was asked for, for a person.</param>
    /// <param name="readAt">When it was asked for, or <see langword="null"/> where it was not.</param>
    /// <returns>The answer.</returns>
    public static TenantAnswer Failed(string name, string failure, string source, DateTimeOffset? readAt) =>
        new(name, source, readAt, null, failure);
}
