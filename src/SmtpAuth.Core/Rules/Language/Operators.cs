namespace SmtpAuth.Rules.Language;

internal static class Operators
{
    private static readonly string[] Names = ["==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%"];

    public static string Text(BinaryOperator @operator) => Names[(int)@operator];

    public static bool TryParse(string function, out BinaryOperator @operator)
    {
        var text = function == "@in" ? "in" : function.Length > 2 && function[0] == '_' ? function.Substring(1, function.Length - 2) : "";
        var index = Array.IndexOf(Names, text);
        @operator = (BinaryOperator)index;
        return index >= 0;
    }

    public static CelValue Apply(BinaryOperator @operator, CelValue left, CelValue right, Evaluation evaluation) => @operator switch
    {
        BinaryOperator.Equal => CelEquality.Equal(left, right, evaluation),
        BinaryOperator.NotEqual => Not(CelEquality.Equal(left, right, evaluation)),
        BinaryOperator.In => In(left, right, evaluation),
        BinaryOperator.Add => Arithmetic.Add(left, right, evaluation),
        BinaryOperator.Subtract => Arithmetic.Subtract(left, right),
        BinaryOperator.Multiply => Arithmetic.Multiply(left, right),
        BinaryOperator.Divide => Arithmetic.Divide(left, right),
        BinaryOperator.Modulo => Arithmetic.Modulo(left, right),
        _ => Order(@operator, left, right, evaluation),
    };

    private static CelValue Not(CelValue value) => value.Kind == CelKind.Bool ? CelValue.From(!value.BoolBits) : value;

    private static CelValue Order(BinaryOperator @operator, CelValue left, CelValue right, Evaluation evaluation)
    {
        if (!TryCompare(left, right, evaluation, out var order))
        {
            return Functions.NoOverload(Text(@operator), left, right);
        }

        return CelValue.From(order != CelNumber.Unordered && @operator switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }

    private static bool TryCompare(CelValue left, CelValue right, Evaluation evaluation, out int order)
    {
        order = 0;
        if (CelNumber.IsNumber(left.Kind) && CelNumber.IsNumber(right.Kind))
        {
            order = CelNumber.Compare(left, right);
            return true;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case CelKind.Bool:
            case CelKind.Duration:
                order = left.Bits.CompareTo(right.Bits);
                return true;
            case CelKind.Timestamp:
                order = left.Bits != right.Bits ? left.Bits.CompareTo(right.Bits) : left.Nanos.CompareTo(right.Nanos);
                return true;
            case CelKind.String:
                _ = evaluation.Charge(Math.Min(left.StringReference.Length, right.StringReference.Length) / 16);
                order = CelString.Compare(left.StringReference, right.StringReference);
                return true;
            case CelKind.Bytes:
                _ = evaluation.Charge(Math.Min(((byte[])left.Reference!).Length, ((byte[])right.Reference!).Length) / 16);
                order = ((byte[])left.Reference!).AsSpan().SequenceCompareTo((byte[])right.Reference!);
                return true;
            default:
                return false;
        }
    }

    private static CelValue In(CelValue item, CelValue container, Evaluation evaluation)
    {
        if (container.Kind == CelKind.Map)
        {
            return !container.MapReference.TryGet(item, out var value) ? CelValue.False : value.IsUnknown ? value : CelValue.True;
        }

        if (container.Kind != CelKind.List)
        {
            return Functions.NoOverload("in", item, container);
        }

        var unknown = default(UnknownCollector);
        foreach (var element in container.ListReference.Items)
        {
            if (!evaluation.Charge(1))
            {
                return evaluation.Exhausted();
            }

            var equal = CelEquality.Equal(item, element, evaluation);
            if (equal.IsTrue)
            {
                return equal;
            }

            if (equal.IsUnknown)
            {
                unknown.Add(equal);
            }
        }

        return unknown.Any ? unknown.ToValue() : CelValue.False;
    }
}
