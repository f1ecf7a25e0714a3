namespace SmtpAuth.Rules.Language;

/// <summary>What a <see cref="CelValue"/> holds.</summary>
public enum CelKind
{
    /// <summary>Not known. The kind of the default value, so that a forgotten value never passes for an answer.</summary>
    Unknown,

    /// <summary>An evaluation that went wrong, such as a division by zero.</summary>
    Error,

    /// <summary>The value <c>null</c>: known, and nothing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A signed 64-bit integer.</summary>
    Int,

    /// <summary>An unsigned 64-bit integer.</summary>
    Uint,

    /// <summary>An IEEE 754 double.</summary>
    Double,

    /// <summary>Unicode text.</summary>
    String,

    /// <summary>Octets.</summary>
    Bytes,

    /// <summary>A moment, to the nanosecond, years 1 to 9999.</summary>
    Timestamp,

    /// <summary>A length of time, to the nanosecond.</summary>
    Duration,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A map from bool, int, uint or string keys to values.</summary>
    Map,

    /// <summary>A type, as <c>type(x)</c> gives it.</summary>
    Type,

    /// <summary>A value that may be absent, as <c>optional.of(x)</c> gives it.</summary>
    Optional,
}
