namespace SmtpAuth.Replies;

/// <summary>Hexadecimal digits.</summary>
internal static class HexDigits
{
    /// <summary>The digit's value, or -1 where the character is none.</summary>
    public static int Value(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };
}
