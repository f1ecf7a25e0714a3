namespace SmtpAuth.Rules.Language;

/// <summary>The kinds of <see cref="CelType"/>.</summary>
public enum CelTypeKind
{
    /// <summary>Decided at evaluation.</summary>
    Dyn,

    /// <summary>The type of <c>null</c>.</summary>
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

    /// <summary>A moment.</summary>
    Timestamp,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>A list; one parameter.</summary>
    List,

    /// <summary>A map; key and value parameters.</summary>
    Map,

    /// <summary>A type as a value; at most one parameter.</summary>
    Type,

    /// <summary>A scalar that may also be <c>null</c>; one parameter.</summary>
    Nullable,

    /// <summary>A named type of the host or an extension, such as <c>optional_type(int)</c>.</summary>
    Opaque,

    /// <summary>A placeholder in a function's signature.</summary>
    Parameter,
}
