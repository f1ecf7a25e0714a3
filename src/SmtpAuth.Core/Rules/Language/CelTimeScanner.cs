namespace SmtpAuth.Rules.Language;

internal ref struct CelTimeScanner(string text)
{
    private const int MaximumDigits = 18;

    private int _position;

    public readonly bool AtEnd => _position == text.Length;

    public readonly string Rest => text.Substring(_position);

    public bool Take(char expected)
    {
        if (_position >= text.Length || text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    public bool TakeEither(char one, char other) => Take(one) || Take(other);

    public bool Digits(int count, out int value)
    {
        value = 0;
        for (var i = 0; i < count; i++, _position++)
        {
            if (_position >= text.Length || text[_position] is < '0' or > '9')
            {
                return false;
            }

            value = (value * 10) + (text[_position] - '0');
        }

        return true;
    }

    // An optional fraction of a second, digits past the ninth refused.
    public bool Fraction(out int nanos)
    {
        nanos = 0;
        if (!Take('.'))
        {
            return true;
        }

        var start = _position;
        var scale = 100_000_000;
        while (_position < text.Length && text[_position] is >= '0' and <= '9' && scale > 0)
        {
            nanos += (text[_position++] - '0') * scale;
            scale /= 10;
        }

        return _position > start;
    }

    public bool Offset(out int seconds)
    {
        seconds = 0;
        if (TakeEither('Z', 'z'))
        {
            return true;
        }

        var negative = Take('-');
        if (!negative && !Take('+'))
        {
            return false;
        }

        if (!Digits(2, out var hours) || !Take(':') || !Digits(2, out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * 60 * (negative ? -1 : 1);
        return true;
    }

    public bool Quantity(out decimal nanoseconds)
    {
        nanoseconds = 0;
        var start = _position;
        decimal number = 0;
        var digits = 0;
        while (_position < text.Length && text[_position] is >= '0' and <= '9')
        {
            if (++digits > MaximumDigits)
            {
                return false;
            }

            number = (number * 10) + (text[_position++] - '0');
        }

        decimal scale = 1;
        if (Take('.'))
        {
            while (_position < text.Length && text[_position] is >= '0' and <= '9')
            {
                if (++digits > MaximumDigits)
                {
                    return false;
                }

                scale /= 10;
                number += (text[_position++] - '0') * scale;
            }
        }

        return digits > 0 && _position > start && Unit(number, out nanoseconds);
    }

    private bool Unit(decimal number, out decimal nanoseconds)
    {
        decimal unit = 0;
        if (Take('n'))
        {
            unit = Take('s') ? 1 : 0;
        }
        else if (Take('u') || Take('\u00b5') || Take('\u03bc'))
        {
            unit = Take('s') ? 1_000 : 0;
        }
        else if (Take('m'))
        {
            unit = Take('s') ? 1_000_000 : 60 * (decimal)CelTime.NanosPerSecond;
        }
        else if (Take('s'))
        {
            unit = CelTime.NanosPerSecond;
        }
        else if (Take('h'))
        {
            unit = 3600 * (decimal)CelTime.NanosPerSecond;
        }

        nanoseconds = number * unit;
        return unit != 0;
    }
}
