using System.Globalization;
using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Recipient types, by name or by the number that <c>ConvertTo-Json</c> makes of an enumeration.</summary>
/// <seealso href="https://learn.microsoft.com/powershell/module/exchange/get-recipient">Get-Recipient, as of 2026-11</seealso>
internal static class RecipientTypes
{
    private static readonly Dictionary<long, string> Names = new()
    {
        [1] = "UserMailbox",
        [2] = "LinkedMailbox",
        [4] = "SharedMailbox",
        [8] = "LegacyMailbox",
        [16] = "RoomMailbox",
        [32] = "EquipmentMailbox",
        [64] = "MailContact",
        [128] = "MailUser",
        [65536] = "User",
        [2097152] = "DisabledUser",
        [2147483648] = "RemoteUserMailbox",
        [8589934592] = "RemoteRoomMailbox",
        [17179869184] = "RemoteEquipmentMailbox",
        [34359738368] = "RemoteSharedMailbox",
        [1099511627776] = "GroupMailbox",
    };

    public static Reading<object?> Read(JsonElement own) => PropertyReading.Text("RecipientTypeDetails")(own).Then(text =>
        !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? Reading<object?>.Of(text)
            : Names.TryGetValue(number, out var name)
                ? Reading<object?>.Of(name)
                : Reading<object?>.Unknown($"RecipientTypeDetails was not understood: found the number {number}."));
}
