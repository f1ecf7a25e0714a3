using System.Text;
using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Exchange refers to one object by name, distinguished name or GUID, as it pleases. These compare such references.</summary>
internal static class DistinguishedName
{
    private static readonly string[] ReferenceMembers = ["Name", "Identity", "DistinguishedName", "Guid", "ExchangeObjectId", "Id"];

    /// <summary>Gets the common name of <c>CN=…,…</c>, escapes undone, or <see langword="null"/> for other texts.</summary>
    public static string? CommonName(string text)
    {
        if (!text.StartsWith("CN=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var name = new StringBuilder();
        for (var index = 3; index < text.Length && text[index] != ','; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length)
            {
                index++;
            }

            name.Append(text[index]);
        }

        return name.ToString();
    }

    /// <summary>Decides whether two references can only mean the same object, given that they are of one kind.</summary>
    public static bool AreAlike(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase) || NamesTheSame(left, right);

    /// <summary>Decides whether one text is a distinguished name and the other the common name in it.</summary>
    public static bool NamesTheSame(string left, string right)
    {
        var (leftName, rightName) = (CommonName(left), CommonName(right));
        return leftName is null != rightName is null
            && string.Equals(leftName ?? left, rightName ?? right, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Decides whether a reference means an object of an answer.</summary>
    public static bool IsReferenceTo(string reference, JsonElement target) => ReferenceMembers.Any(member =>
        JsonMembers.Text(JsonMembers.Find(target, member)) is { Length: > 0 } text && AreAlike(reference, text));
}
