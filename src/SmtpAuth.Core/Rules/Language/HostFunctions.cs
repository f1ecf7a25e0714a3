namespace SmtpAuth.Rules.Language;

internal sealed record HostFunction(Overload Overload, CelFunctionBody Body);

internal static class HostFunctions
{
    // Overloads of one name differ in number or kinds of arguments; the first that fits is called.
    public static FunctionBody Dispatch(string name, HostFunction[] overloads) => (arguments, _) =>
    {
        foreach (var overload in overloads)
        {
            if (Fits(overload.Overload.Parameters, arguments))
            {
                return Call(name, overload.Body, arguments);
            }
        }

        return Functions.NoOverload(name, arguments.ToArray());
    };

    private static CelValue Call(string name, CelFunctionBody body, ReadOnlySpan<CelValue> arguments)
    {
        try
        {
            return body(arguments);
        }
#pragma warning disable CA1031 // A host's function may throw anything, and an evaluation never does.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return CelValue.Error($"the function '{name}' failed: {exception.Message}");
        }
    }

    private static bool Fits(CelType[] parameters, ReadOnlySpan<CelValue> arguments)
    {
        if (parameters.Length != arguments.Length)
        {
            return false;
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            if (!Fits(parameters[i], arguments[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(CelType parameter, CelValue argument) => parameter.Kind switch
    {
        CelTypeKind.Dyn or CelTypeKind.Parameter or CelTypeKind.Opaque => true,
        CelTypeKind.Nullable => argument.Kind == CelKind.Null || Fits(parameter.Parameters[0], argument),
        _ => CelRuntimeType.Of(argument).Kind == parameter.Kind,
    };
}
