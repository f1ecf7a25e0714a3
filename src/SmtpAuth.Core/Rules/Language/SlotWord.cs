namespace SmtpAuth.Rules.Language;

// An index of one fact for plans of up to 64 rows, whose sets of rows are single words.
internal readonly struct SlotWord(int slot, ulong depends, SlotClasses classes, ulong[] possible, ulong[]? doubtful)
{
    private readonly ulong[] _possible = possible;
    private readonly ulong[]? _doubtful = doubtful;
    private readonly SlotClasses _classes = classes;

    public readonly ulong Depends = depends;

    public readonly int Slot = slot;

    public void Apply(in CelValue value, ref ulong possible, ref ulong doubtful)
    {
        if (value.IsAbnormal)
        {
            doubtful |= Depends;
            return;
        }

        var index = _classes.Of(value);
        possible &= _possible[index];
        if (_doubtful is not null)
        {
            doubtful |= _doubtful[index];
        }
    }
}
