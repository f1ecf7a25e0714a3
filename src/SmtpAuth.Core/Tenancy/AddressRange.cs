using System.Globalization;
using System.Net;

namespace SmtpAuth.Tenancy;

/// <summary>IP addresses written singly, as <c>address/prefix length</c>, or as <c>first-last</c>, of version 4 or 6.</summary>
internal static class AddressRange
{
    /// <summary>Decides whether an address lies in one of the ranges.</summary>
    /// <param name="ranges">The ranges as written; <see langword="null"/> for one that could not be read.</param>
    /// <param name="address">The client's address as text, or <see langword="null"/> where it was not told.</param>
    /// <param name="answer">The answer that the ranges are from.</param>
    public static Truth Contains(IReadOnlyList<string?> ranges, string? address, string answer)
    {
        if (Parse(address) is not { } wanted)
        {
            return Truth.Open("client.ipAddress", string.IsNullOrEmpty(address)
                ? "The public address of the client was not told."
                : $"The address of the client was not understood: found {JsonMembers.OneLine(address!)}.");
        }

        return Truth.Any(ranges.Select(range => Contains(range, wanted) is { } inside
            ? Truth.Of(inside)
            : Truth.Open(answer, $"An address range was not understood: found {JsonMembers.OneLine(range ?? "no text")}.")));
    }

    private static bool? Contains(string? range, byte[] wanted)
    {
        if (range is null)
        {
            return null;
        }

        var slash = range.IndexOf('/');
        var dash = range.IndexOf('-');
        if (slash >= 0)
        {
            var prefix = range.Substring(slash + 1);
            return Parse(range.Substring(0, slash)) is { } network
                && int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                && length <= network.Length * 8
                ? network.Length == wanted.Length && SharePrefix(network, wanted, length)
                : null;
        }

        if (dash >= 0)
        {
            return Parse(range.Substring(0, dash)) is { } first && Parse(range.Substring(dash + 1)) is { } last
                && first.Length == last.Length
                ? first.Length == wanted.Length && Compare(first, wanted) <= 0 && Compare(wanted, last) <= 0
                : null;
        }

        return Parse(range) is { } single ? single.AsSpan().SequenceEqual(wanted) : null;
    }

    private static byte[]? Parse(string? text)
    {
        if (text is null || !IPAddress.TryParse(text.Trim(), out var address))
        {
            return null;
        }

        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
    }

    private static bool SharePrefix(byte[] left, byte[] right, int length)
    {
        for (var bit = 0; bit < length; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((left[bit / 8] & mask) != (right[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(byte[] left, byte[] right)
    {
        for (var index = 0; index < left.Length; index++)
        {
            if (left[index] != right[index])
            {
                return left[index].CompareTo(right[index]);
            }
        }

        return 0;
    }
}
