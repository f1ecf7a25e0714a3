namespace SmtpAuth.Replies;

/// <summary>A catalog's signatures, arranged so that only those are looked at whose phrases were seen.</summary>
internal sealed class SignatureMatcher
{
    /// <summary>Signatures below this rank speak about families of codes or the client's own words.</summary>
    public const int SentenceRank = 20;

    private readonly Dictionary<string, int> _numberOf = new(StringComparer.Ordinal);
    private readonly List<Compiled>[] _byFirstPhrase;
    private readonly List<Compiled> _byCodesOnly = [];
    private readonly Dictionary<int, (int Order, ProviderEvidence Evidence)> _evidence = [];
    private readonly Dictionary<int, string> _phases = [];
    private readonly HashSet<int> _mailWords = [];

    public SignatureMatcher(ReplyCatalogContent content)
    {
        var compiled = content.Signatures.Select((signature, order) => new Compiled(signature, order, this)).ToList();
        for (var order = 0; order < content.Providers.Count; order++)
        {
            foreach (var phrase in content.Providers[order].Phrases)
            {
                var number = NumberOf(phrase);
                if (!_evidence.ContainsKey(number))
                {
                    _evidence.Add(number, (order, content.Providers[order]));
                }
            }
        }

        foreach (var phase in content.Phases)
        {
            foreach (var phrase in phase.Value)
            {
                _phases[NumberOf(phrase)] = phase.Key;
            }
        }

        foreach (var word in content.MailWords)
        {
            _mailWords.Add(NumberOf(word));
        }

        Automaton = new PhraseAutomaton([.. _numberOf.OrderBy(entry => entry.Value).Select(entry => entry.Key)]);
        _byFirstPhrase = new List<Compiled>[Automaton.PhraseCount];
        foreach (var signature in compiled)
        {
            Index(signature);
        }
    }

    public PhraseAutomaton Automaton { get; }

    /// <summary>Finds the signature of the highest rank, at least <paramref name="leastRank"/>, that matches.</summary>
    public ReplySignature? Match(PhraseSet phrases, int? replyCode, EnhancedStatusCode? enhanced, int leastRank)
    {
        Compiled? best = null;
        foreach (var phrase in phrases.Seen)
        {
            foreach (var candidate in _byFirstPhrase[phrase] ?? [])
            {
                best = Better(best, candidate, phrases, replyCode, enhanced, leastRank);
            }
        }

        if (replyCode is not null || enhanced is not null)
        {
            foreach (var candidate in _byCodesOnly)
            {
                best = Better(best, candidate, phrases, replyCode, enhanced, leastRank);
            }
        }

        return best?.Signature;
    }

    /// <summary>The reply code for which the client's own words stand.</summary>
    public int? ImpliedReplyCode(PhraseSet phrases)
    {
        foreach (var phrase in phrases.Seen)
        {
            foreach (var candidate in _byFirstPhrase[phrase] ?? [])
            {
                if (candidate.Signature.ImpliedReplyCode is { } implied && candidate.Matches(phrases, null, null))
                {
                    return implied;
                }
            }
        }

        return null;
    }

    /// <summary>The provider that phrases of a strength show: the one that stands first in the catalog.</summary>
    public string? Provider(PhraseSet phrases, ProviderEvidenceStrength strength)
    {
        (int Order, ProviderEvidence Evidence)? best = null;
        foreach (var phrase in phrases.Seen)
        {
            if (_evidence.TryGetValue(phrase, out var entry) && entry.Evidence.Strength == strength && !(best?.Order <= entry.Order))
            {
                best = entry;
            }
        }

        return best?.Evidence.Provider;
    }

    public string? Phase(PhraseSet phrases)
    {
        foreach (var phrase in phrases.Seen)
        {
            if (_phases.TryGetValue(phrase, out var phase))
            {
                return phase;
            }
        }

        return null;
    }

    public bool IsAboutMail(PhraseSet phrases)
    {
        foreach (var phrase in phrases.Seen)
        {
            if (_mailWords.Contains(phrase) || _evidence.ContainsKey(phrase))
            {
                return true;
            }
        }

        return false;
    }

    private static Compiled? Better(
        Compiled? best, Compiled candidate, PhraseSet phrases, int? replyCode, EnhancedStatusCode? enhanced, int leastRank)
    {
        var (rank, order) = (candidate.Signature.Rank, candidate.Order);
        var isAhead = best is null || rank > best.Signature.Rank || (rank == best.Signature.Rank && order < best.Order);
        return isAhead && rank >= leastRank && candidate.Matches(phrases, replyCode, enhanced) ? candidate : best;
    }

    private void Index(Compiled signature)
    {
        if (signature.FirstGroup is not { } phrases)
        {
            _byCodesOnly.Add(signature);
            return;
        }

        foreach (var phrase in phrases)
        {
            (_byFirstPhrase[phrase] ??= []).Add(signature);
        }
    }

    private int NumberOf(string phrase)
    {
        if (!_numberOf.TryGetValue(phrase, out var number))
        {
            number = _numberOf.Count;
            _numberOf.Add(phrase, number);
        }

        return number;
    }

    private sealed class Compiled
    {
        private readonly int[][] _groups;
        private readonly int[] _excluded;
        private readonly string[][] _enhanced;

        public Compiled(ReplySignature signature, int order, SignatureMatcher matcher)
        {
            (Signature, Order) = (signature, order);
            _groups = [.. signature.Phrases.Select(group => group.Select(matcher.NumberOf).ToArray())];
            _excluded = [.. signature.ExcludedPhrases.Select(matcher.NumberOf)];
            _enhanced = [.. signature.EnhancedStatusCodes.Select(code => code.Split('.'))];
        }

        public ReplySignature Signature { get; }

        public int Order { get; }

        public int[]? FirstGroup => _groups.Length > 0 ? _groups[0] : null;

        public bool Matches(PhraseSet phrases, int? replyCode, EnhancedStatusCode? enhanced)
        {
            if (!HasCodes(replyCode, enhanced) || phrases.ContainsAny(_excluded))
            {
                return false;
            }

            foreach (var group in _groups)
            {
                if (!phrases.ContainsAny(group))
                {
                    return false;
                }
            }

            return true;
        }

        private bool HasCodes(int? replyCode, EnhancedStatusCode? enhanced)
        {
            var isReplyCodeRight = Signature.ReplyCodes.Count == 0
                || (replyCode is { } code ? Signature.ReplyCodes.Contains(code) : Signature.AreCodesOptional || (enhanced is not null && _groups.Length > 0));
            var isEnhancedRight = _enhanced.Length == 0
                || (enhanced is not null ? Array.Exists(_enhanced, pattern => Is(enhanced, pattern)) : Signature.AreCodesOptional);
            return isReplyCodeRight && isEnhancedRight;
        }

        private static bool Is(EnhancedStatusCode code, string[] pattern) =>
            IsPart(code.Class, pattern[0]) && IsPart(code.Subject, pattern[1]) && IsPart(code.Detail, pattern[2]);

        private static bool IsPart(int part, string pattern)
        {
            if (pattern == "*")
            {
                return true;
            }

            for (var index = pattern.Length - 1; index >= 0; index--, part /= 10)
            {
                var isLeading = index == 0 ? part < 10 && (part > 0 || pattern.Length == 1) : part >= 10;
                if (!isLeading || (pattern[index] != '#' && pattern[index] - '0' != part % 10))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
