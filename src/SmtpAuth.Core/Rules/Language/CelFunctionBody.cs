namespace SmtpAuth.Rules.Language;

/// <summary>Computes a host function. A pure function: no I/O, no state.</summary>
/// <param name="arguments">The arguments, the receiver first; neither unknown nor errors.</param>
/// <returns>The result; an error value where there is none. An exception is reported as an error value.</returns>
public delegate CelValue CelFunctionBody(ReadOnlySpan<CelValue> arguments);
