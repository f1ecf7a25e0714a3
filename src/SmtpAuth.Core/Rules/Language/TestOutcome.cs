namespace SmtpAuth.Rules.Language;

// What a test that tests one fact says of a value of it.
internal static class TestOutcome
{
    public static CelOutcome Of(in Test test, in CelValue value, CelLimits limits)
    {
        if (value.IsAbnormal)
        {
            return value.IsUnknown ? CelOutcome.Unknown : CelOutcome.Error;
        }

        return test.Kind switch
        {
            TestKind.Flag => value.Kind == CelKind.Bool ? Outcome(value.BoolBits) : CelOutcome.Error,
            TestKind.Equal => Outcome(Equal(value, test.Constant)),
            TestKind.OneOf => Outcome(OneOf(test, value)),
            TestKind.Compare => Compare(test, value),
            _ => Search(test, value, limits),
        };
    }

    public static CelOutcome Not(CelOutcome outcome) => outcome switch
    {
        CelOutcome.True => CelOutcome.False,
        CelOutcome.False => CelOutcome.True,
        _ => outcome,
    };

    // Unknown wins over error, and either over the operands that decide nothing.
    public static CelOutcome Join(CelOutcome result, CelOutcome outcome) =>
        outcome == CelOutcome.Unknown || (outcome == CelOutcome.Error && result != CelOutcome.Unknown) ? outcome : result;

    private static CelOutcome Outcome(bool holds) => holds ? CelOutcome.True : CelOutcome.False;

    private static bool Equal(in CelValue value, CelValue constant)
    {
        if (value.Kind != constant.Kind)
        {
            return CelNumber.IsNumber(value.Kind) && CelNumber.IsNumber(constant.Kind) && CelNumber.Compare(value, constant) == 0;
        }

        return value.Kind switch
        {
            CelKind.Null => true,
            CelKind.String => string.Equals(value.StringReference, constant.StringReference, StringComparison.Ordinal),
            CelKind.Double => value.DoubleBits == constant.DoubleBits,
            _ => value.Bits == constant.Bits,
        };
    }

    private static bool OneOf(in Test test, in CelValue value)
    {
        if (test.Set is not null)
        {
            return test.Set.Contains(value);
        }

        foreach (var constant in test.Constants!)
        {
            if (Equal(value, constant))
            {
                return true;
            }
        }

        return false;
    }

    private static CelOutcome Compare(in Test test, in CelValue value)
    {
        if (!CelNumber.IsNumber(value.Kind))
        {
            return CelOutcome.Error;
        }

        var order = CelNumber.Compare(value, test.Constant);
        return Outcome(order != CelNumber.Unordered && test.Operator switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private static CelOutcome Search(in Test test, in CelValue value, CelLimits limits)
    {
        if (value.Kind != CelKind.String)
        {
            return CelOutcome.Error;
        }

        var (text, part) = (value.StringReference, test.Constant.StringReference);
        if ((text.Length / 16) + ((long)text.Length * part.Length / 1024) > limits.Cost)
        {
            return CelOutcome.Error;
        }

        return Outcome(test.Kind switch
        {
            TestKind.Contains => text.Contains(part, StringComparison.Ordinal),
            TestKind.StartsWith => text.StartsWith(part, StringComparison.Ordinal),
            _ => text.EndsWith(part, StringComparison.Ordinal),
        });
    }
}
