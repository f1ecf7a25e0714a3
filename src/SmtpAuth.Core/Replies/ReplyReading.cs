namespace SmtpAuth.Replies;

/// <summary>One reading of one text: what was found in it, and which of it decides.</summary>
internal sealed class ReplyReading
{
    private const int LongestReply = 1500;
    private const int ShortestParagraph = 12;

    private readonly SignatureMatcher _matcher;
    private readonly string _text;
    private readonly List<ReplyFragment> _fragments;
    private readonly int? _fieldCode;
    private readonly ReplySignature?[] _signatures;
    private readonly PhraseSet _whole;

    public ReplyReading(SignatureMatcher matcher, string text)
    {
        _matcher = matcher;
        _text = text;
        _fragments = CodeScanner.Scan(text, out _fieldCode);
        _signatures = new ReplySignature?[_fragments.Count];
        _whole = new PhraseSet(matcher.Automaton.PhraseCount);
        MatchAll();
    }

    public SmtpReply? Read()
    {
        if (FirstKnown() is >= 0 and var known)
        {
            return Describe(_fragments[known], _signatures[known]!, known);
        }

        var unknown = FirstUnknown();
        if (unknown >= 0 && _matcher.Match(_whole, _fragments[unknown].ReplyCode, _fragments[unknown].EnhancedStatusCode, SignatureMatcher.SentenceRank) is { } elsewhere)
        {
            return elsewhere.Phase is "connect" or "tls" or "token" ? Describe(null, elsewhere, -1) : Describe(_fragments[unknown], elsewhere, unknown);
        }

        if (unknown >= 0)
        {
            return DescribeUnknown(unknown);
        }

        var code = _matcher.IsAboutMail(_whole) ? _fieldCode : null;
        return _matcher.Match(_whole, code, null, 0) is { } signature ? Describe(null, signature, -1) : null;
    }

    private void MatchAll()
    {
        var seen = new PhraseSet(_matcher.Automaton.PhraseCount);
        var current = -1;
        var limit = 0;
        var state = PhraseAutomaton.Start;
        for (var index = 0; index < _text.Length; index++)
        {
            if (current + 1 < _fragments.Count && index == _fragments[current + 1].Start)
            {
                Conclude(current, seen);
                limit = EndOfReply(_fragments[++current]);
            }

            state = _matcher.Automaton.Next(state, _text[index]);
            foreach (var phrase in _matcher.Automaton.FoundAt(state))
            {
                _whole.Add(phrase);
                if (current >= 0 && index < limit)
                {
                    seen.Add(phrase);
                }
            }
        }

        Conclude(current, seen);
    }

    private void Conclude(int fragment, PhraseSet seen)
    {
        if (fragment >= 0 && (_fragments[fragment].IsFailure || _fragments[fragment].ReplyCode == 334))
        {
            var (replyCode, enhanced) = (_fragments[fragment].ReplyCode, _fragments[fragment].EnhancedStatusCode);
            var signature = _matcher.Match(seen, replyCode, enhanced, SignatureMatcher.SentenceRank);
            _signatures[fragment] = signature is { Phrases.Count: 0 } && !_fragments[fragment].IsCertain && replyCode is null ? null : signature;
        }

        seen.Clear();
    }

    private int EndOfReply(ReplyFragment fragment)
    {
        var end = Math.Min(fragment.End, fragment.Start + LongestReply);
        var paragraph = fragment.TextStart + ShortestParagraph < end
            ? _text.IndexOf('\v', fragment.TextStart + ShortestParagraph, end - fragment.TextStart - ShortestParagraph)
            : -1;
        return paragraph < 0 ? end : paragraph;
    }

    /// <summary>The first failure that a signature knows, or a later one that says more about the same.</summary>
    private int FirstKnown()
    {
        var best = -1;
        for (var index = 0; index < _fragments.Count; index++)
        {
            if (_signatures[index] is not null && (best < 0 || (Says(best) > 0 && Says(index) > Says(best)) || IsAftermath(best, index)))
            {
                best = index;
            }
        }

        return best;
    }

    /// <summary>How much a reply of the 5.7.57, 5.7.3, 5.7.139 chain says: each quotes or replaces the one before. 0: not of the chain.</summary>
    private int Says(int index) => _fragments[index].EnhancedStatusCode switch
    {
        { Class: 5, Subject: 7, Detail: 139 or 30 } => _signatures[index]!.Condition == ReplyConditions.UnclassifiableFragment ? 3 : 4,
        { Class: 5, Subject: 7, Detail: 3 } when _fragments[index].ReplyCode is null or 535 => 2,
        { Class: 5, Subject: 7, Detail: 57 } => 1,
        _ => 0,
    };

    /// <summary>Commands out of step and senders that are not logged in are what other failures lead to: a later refused log-on says more.</summary>
    private bool IsAftermath(int index, int later) =>
        (_signatures[index]!.Condition == "client-protocol-desync" || Says(index) == 1)
        && _signatures[later]!.Condition != _signatures[index]!.Condition
        && (_signatures[later]!.Phase is "auth" or "tls" || _signatures[later]!.Condition == "temporary-server-error")
        && _fragments[later].EntraErrorCode is null;

    private int FirstUnknown()
    {
        var isAboutMail = _matcher.IsAboutMail(_whole);
        var uncertain = -1;
        for (var index = 0; index < _fragments.Count; index++)
        {
            var fragment = _fragments[index];
            if (!fragment.IsFailure || !(isAboutMail || (fragment.IsCertain && fragment.ReplyCode is not null)))
            {
                continue;
            }

            if (fragment.IsCertain && fragment.ReplyCode is not null)
            {
                return index;
            }

            if (uncertain < 0 && (fragment.ReplyCode is not null || IsQuoted(fragment)))
            {
                uncertain = index;
            }
        }

        return uncertain;
    }

    /// <summary>Numbers like 5.7.3 are everywhere; without a reply code only what a client reports as a server's words is a reply.</summary>
    private bool IsQuoted(ReplyFragment fragment) =>
        fragment.IsCertain && (_matcher.ImpliedReplyCode(_whole) is not null || _text.AsSpan(0, fragment.Start).TrimEnd(" \"'".AsSpan()).EndsWith(":".AsSpan()));

    private SmtpReply? DescribeUnknown(int index)
    {
        var fragment = _fragments[index];
        var implied = fragment.ReplyCode ?? _matcher.ImpliedReplyCode(_whole);
        var phrases = Collect(fragment.Start, EndOfReply(fragment));
        var family = _matcher.Match(phrases, implied, fragment.EnhancedStatusCode, 0)
            ?? _matcher.Match(_whole, implied, fragment.EnhancedStatusCode, 0);
        return family is null ? null : Describe(fragment, family, index);
    }

    private SmtpReply Describe(ReplyFragment? fragment, ReplySignature signature, int index)
    {
        var phrases = fragment is null ? _whole : Collect(fragment.Start, EndOfReply(fragment));
        var tag = FindTag(fragment);
        var reported = fragment ?? ReportedSuccess();
        var (replyCode, enhanced) = (reported?.ReplyCode ?? CompatibleField(fragment, signature), reported?.EnhancedStatusCode);
        var text = fragment is null ? ReplyText.LineOf(_text, signature) : ReplyText.Read(_text, fragment.TextStart, EndOfReply(fragment));
        var provider = new ProviderDecision(_matcher, phrases, _whole).Decide(signature, tag, replyCode, enhanced);
        if (provider == ReplyProviders.ExchangeAny && fragment is not null && HasTornTag(fragment))
        {
            provider = ReplyProviders.ExchangeOnline;
        }

        if (fragment?.ReplyCode == 334 && LaterRefusal(index) is { } refusal)
        {
            (replyCode, enhanced) = (refusal.ReplyCode, refusal.EnhancedStatusCode);
        }

        var condition = signature.Condition;
        if (signature is { Rank: < SignatureMatcher.SentenceRank, Phrases.Count: 0 } && enhanced is null && text.Length == 0 && replyCode is not (530 or 534 or 535))
        {
            condition = ReplyConditions.UnclassifiableFragment;
        }
        else if (IsUnknownSentence(signature, provider, replyCode, enhanced, text))
        {
            condition = ReplyConditions.Unclassified;
        }

        return new SmtpReply
        {
            ReplyCode = replyCode,
            EnhancedStatusCode = enhanced,
            ImpliedReplyCode = replyCode is null && fragment?.EntraErrorCode is null ? signature.ImpliedReplyCode ?? _matcher.ImpliedReplyCode(_whole) : null,
            Provider = provider,
            Condition = condition,
            Gate = condition == signature.Condition ? signature.Gate : null,
            Phase = signature.Phase ?? _matcher.Phase(phrases) ?? _matcher.Phase(_whole),
            Server = tag?.Server,
            Time = tag?.Time ?? (fragment?.EntraErrorCode is null ? null : EntraTimestamp.Find(_text)),
            SessionId = tag?.SessionId,
            Text = text,
            Outer = index > 0 ? FindOuter(index) : null,
            EntraErrorCode = fragment?.EntraErrorCode,
            SignatureId = condition == signature.Condition && signature.Rank >= SignatureMatcher.SentenceRank ? signature.Id : null,
        };
    }

    /// <summary>
    /// Exchange refused a log-on in words that no signature knows: neither the family of the code nor the code alone may be
    /// passed off as their meaning.
    /// </summary>
    private static bool IsUnknownSentence(ReplySignature signature, string provider, int? replyCode, EnhancedStatusCode? enhanced, string text)
    {
        if (signature.Phrases.Count > 0 || !ProviderDecision.IsExchange(provider))
        {
            return false;
        }

        return enhanced is { Class: 5, Subject: 7, Detail: 139 or 3 or 30 }
            ? !IsWithoutSentence(text)
            : signature.Rank < SignatureMatcher.SentenceRank && replyCode is 535 or 534 or 530 or 454 or 432;
    }

    private static bool IsWithoutSentence(string text)
    {
        const string Opening = "Authentication unsuccessful";
        var rest = text.StartsWith(Opening, StringComparison.OrdinalIgnoreCase) ? text.Substring(Opening.Length) : text;
        return rest.Count(char.IsLetter) < ShortestParagraph;
    }

    private bool HasTornTag(ReplyFragment fragment)
    {
        for (var bracket = _text.IndexOf('[', fragment.Start, fragment.End - fragment.Start); bracket >= 0;
            bracket = _text.IndexOf('[', bracket + 1, fragment.End - bracket - 1))
        {
            if (ServerTag.IsTorn(_text, bracket))
            {
                return true;
            }
        }

        return false;
    }

    private int? CompatibleField(ReplyFragment? fragment, ReplySignature signature) => fragment switch
    {
        null => signature.Phase is "connect" or "tls" or "token" ? null : _fieldCode,
        { EntraErrorCode: not null } => null,
        { EnhancedStatusCode: { } enhanced } => _fieldCode / 100 == enhanced.Class ? _fieldCode : null,
        _ => null,
    };

    /// <summary>The reply of success that a client names in its own report, such as <c>(code: 220, response: 2.0.0 …)</c>.</summary>
    private ReplyFragment? ReportedSuccess()
    {
        foreach (var fragment in _fragments)
        {
            var before = _text.AsSpan(0, fragment.Start).TrimEnd();
            if (fragment is { IsCertain: true, IsFailure: false }
                && (before.EndsWith("code:".AsSpan(), StringComparison.OrdinalIgnoreCase) || before.EndsWith("response:".AsSpan(), StringComparison.OrdinalIgnoreCase)))
            {
                return fragment;
            }
        }

        return null;
    }

    private ReplyFragment? LaterRefusal(int index)
    {
        for (var later = index + 1; later < _fragments.Count; later++)
        {
            if (_fragments[later].ReplyCode is >= 500)
            {
                return _fragments[later];
            }
        }

        return null;
    }

    private OuterReply? FindOuter(int index)
    {
        var outer = _fragments[index - 1];
        return outer.EnhancedStatusCode is { Subject: 7, Detail: 57 } && _fragments[index].EnhancedStatusCode is not { Subject: 7, Detail: 57 }
            && _fragments[index].EntraErrorCode is null && _fragments[index].Start - outer.Start < 200
            ? new OuterReply(outer.ReplyCode, outer.EnhancedStatusCode)
            : null;
    }

    /// <summary>The tag behind the fragment, or behind one with the same codes, or else the server's name elsewhere in the text.</summary>
    private ServerTag? FindTag(ReplyFragment? fragment)
    {
        if (fragment is null)
        {
            return TagWithin(0, _text.Length) ?? ServerName.Find(_text);
        }

        if (TagWithin(fragment.Start, fragment.End) is { } own)
        {
            return own;
        }

        foreach (var other in _fragments)
        {
            if (other.EnhancedStatusCode == fragment.EnhancedStatusCode && other.ReplyCode == fragment.ReplyCode && TagWithin(other.Start, other.End) is { } same)
            {
                return same;
            }
        }

        return TagWithin(0, _fragments[0].Start) ?? ServerName.Find(_text) ?? ServerTag.ReadTorn(_text);
    }

    private ServerTag? TagWithin(int start, int end)
    {
        for (var bracket = _text.IndexOf('[', start, end - start); bracket >= 0; bracket = _text.IndexOf('[', bracket + 1, end - bracket - 1))
        {
            if (ServerTag.TryRead(_text, bracket, out var tag))
            {
                return tag;
            }
        }

        return null;
    }

    private PhraseSet Collect(int start, int end)
    {
        var phrases = new PhraseSet(_matcher.Automaton.PhraseCount);
        var state = PhraseAutomaton.Start;
        for (var index = start; index < end; index++)
        {
            state = _matcher.Automaton.Next(state, _text[index]);
            foreach (var phrase in _matcher.Automaton.FoundAt(state))
            {
                phrases.Add(phrase);
            }
        }

        return phrases;
    }
}
