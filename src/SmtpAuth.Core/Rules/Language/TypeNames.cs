namespace SmtpAuth.Rules.Language;

// Types are values too, and these are their names.
internal static class TypeNames
{
    public static CelType? Find(string name) => name switch
    {
        "bool" => CelType.Bool,
        "int" => CelType.Int,
        "uint" => CelType.Uint,
        "double" => CelType.Double,
        "string" => CelType.String,
        "bytes" => CelType.Bytes,
        "list" => CelType.AnyList,
        "map" => CelType.AnyMap,
        "null_type" => CelType.Null,
        "type" => CelType.Type,
        "google.protobuf.Timestamp" => CelType.Timestamp,
        "google.protobuf.Duration" => CelType.Duration,
        "optional_type" => CelType.AnyOptional,
        _ => null,
    };
}
