using System.Text.Json;
using SmtpAuth.Http;

namespace SmtpAuth.Exchange;

/// <summary>The error object of the administration endpoint, which also occurs inside an answer with status 200.</summary>
/// <param name="Code">Its code, such as <c>BadRequest</c>.</param>
/// <param name="Type">The exception's type, as far as the service tells.</param>
/// <param name="Text">The innermost text.</param>
internal sealed record ExchangeError(string Code, string Type, string Text)
{
    private static readonly string[] ThrottlingTexts =
        ["maximum number of concurrent requests", "too many requests", "request was throttled", "server is busy", "micro delay"];

    public bool IsNotFound => Says(Type, "NotFoundException") || Says(Type, "NoSuchObject")
        || (Type.Length == 0 && Says(Text, "couldn't be found on"));

    public bool IsThrottling => ThrottlingTexts.Any(text => Says(Text, text));

    public bool IsTransient => Says(Text, "issue may be transient") || Says(Type, "UnableToWriteToAadException");

    public bool IsExpiredPage => Says(Text, "pagination request");

    /// <summary>Reads it out of an answer, or gives <see langword="null"/> where there is none.</summary>
    public static ExchangeError? Of(ServiceReply reply)
    {
        if (reply.Json is not { } body
            || (ExchangeAnswer.Member(body, "error") ?? ExchangeAnswer.Member(body, "@odata.error")) is not { } error
            || error.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        var code = ExchangeAnswer.Text(ExchangeAnswer.Member(error, "code")) ?? "";
        var exception = ExchangeAnswer.Member(error, "innererror") is { } inner ? ExchangeAnswer.Member(inner, "internalexception") : null;
        var detail = Detail(error);
        var text = (exception is { } thrown ? ExchangeAnswer.Text(ExchangeAnswer.Member(thrown, "message")) : null) is { Length: > 0 } deepest ? deepest
            : detail.Text ?? ExchangeAnswer.Text(ExchangeAnswer.Member(error, "message")) ?? ExchangeAnswer.Text(error) ?? "";
        var type = detail.Type
            ?? (exception is { } known ? ExchangeAnswer.Text(ExchangeAnswer.Member(known, "type")) : null)
            ?? reply.Header("X-ExceptionType") ?? "";
        return new(code, type, OneLine.Sentence(text));
    }

    // "id|exception type|text", of which the first part may be empty.
    private static (string? Type, string? Text) Detail(JsonElement error)
    {
        if (ExchangeAnswer.Member(error, "details") is not { ValueKind: JsonValueKind.Array } details || details.GetArrayLength() == 0
            || ExchangeAnswer.Text(ExchangeAnswer.Member(details[0], "message")) is not { } message)
        {
            return (null, null);
        }

        var parts = message.Split(['|'], 3);
        return parts.Length == 3 ? (parts[1], parts[2]) : (null, message);
    }

    private static bool Says(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
