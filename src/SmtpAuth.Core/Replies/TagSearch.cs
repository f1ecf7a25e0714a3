namespace SmtpAuth.Replies;

/// <summary>Finds the server's tag that belongs to a reply.</summary>
internal sealed class TagSearch(string text, IReadOnlyList<ReplyFragment> fragments)
{
    /// <summary>Says whether a reply has a tag that is cut off inside the host name.</summary>
    public static bool IsTornWithin(string text, ReplyFragment fragment)
    {
        for (var bracket = text.IndexOf('[', fragment.Start, fragment.End - fragment.Start); bracket >= 0;
            bracket = text.IndexOf('[', bracket + 1, fragment.End - bracket - 1))
        {
            if (ServerTag.IsTorn(text, bracket))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tag behind the fragment, or behind one with the same codes, or else the server's name elsewhere in the text.</summary>
    public ServerTag? Find(ReplyFragment? fragment)
    {
        if (fragment is null)
        {
            return TagWithin(0, text.Length) ?? ServerName.Find(text);
        }

        if (TagWithin(fragment.Start, fragment.End) is { } own)
        {
            return own;
        }

        foreach (var other in fragments)
        {
            if (other.EnhancedStatusCode == fragment.EnhancedStatusCode && other.ReplyCode == fragment.ReplyCode && TagWithin(other.Start, other.End) is { } same)
            {
                return same;
            }
        }

        return TagWithin(0, fragments[0].Start) ?? ServerName.Find(text) ?? ServerTag.ReadTorn(text);
    }

    private ServerTag? TagWithin(int start, int end)
    {
        for (var bracket = text.IndexOf('[', start, end - start); bracket >= 0; bracket = text.IndexOf('[', bracket + 1, end - bracket - 1))
        {
            if (ServerTag.TryRead(text, bracket, out var tag))
            {
                return tag;
            }
        }

        return null;
    }
}
