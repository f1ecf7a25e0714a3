namespace SmtpAuth.Testing.Smtp;

/// <summary>What the reader found: a line, or a part of one that was too long.</summary>
/// <param name="Content">The bytes without the line end.</param>
/// <param name="IsComplete">False when the line is longer than was allowed; its rest comes next.</param>
internal readonly record struct SmtpLine(ReadOnlyMemory<byte> Content, bool IsComplete);
