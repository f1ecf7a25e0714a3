using System.Runtime.CompilerServices;

namespace SmtpAuth.Rules.Language;

/// <summary>The facts of one case, by slot: the quickest way to bind many facts again and again.</summary>
/// <remarks>
/// <para>A slot is the position of a fact among <see cref="CelEnvironment.Variables"/>. Slots that are not set are unknown.</para>
/// <para>Not thread-safe. Reuse one frame per thread; <see cref="Clear"/> makes every fact unknown again.</para>
/// </remarks>
public sealed class CelFrame : ICelBindings
{
    /// <summary>Initializes a new instance of the <see cref="CelFrame"/> class in which every fact is unknown.</summary>
    /// <param name="environment">Declares the facts.</param>
    public CelFrame(CelEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        Environment = environment;
        Slots = new CelValue[environment.Variables.Count];
        Changed = new bool[Slots.Length];
    }

    /// <summary>Gets the environment that declares the facts.</summary>
    public CelEnvironment Environment { get; }

    internal CelValue[] Slots { get; }

    // The slots written since a session looked.
    internal bool[] Changed { get; }

    /// <summary>Sets a fact to a bool.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetBool(int slot, bool value) => SetValue(slot, CelValue.From(value));

    /// <summary>Sets a fact to an int.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetInt(int slot, long value) => SetValue(slot, CelValue.From(value));

    /// <summary>Sets a fact to a double.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetDouble(int slot, double value) => SetValue(slot, CelValue.From(value));

    /// <summary>Sets a fact to a string.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The text; <see langword="null"/> is the value <c>null</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetString(int slot, string? value) => SetValue(slot, CelValue.From(value));

    /// <summary>Sets a fact to <c>null</c>: known, and nothing.</summary>
    /// <param name="slot">The slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetNull(int slot) => SetValue(slot, CelValue.Null);

    /// <summary>Sets a fact to unknown, under its own name.</summary>
    /// <param name="slot">The slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetUnknown(int slot) => SetValue(slot, default);

    /// <summary>Sets a fact.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value; it may be unknown, wholly or in part.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such slot.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetValue(int slot, CelValue value)
    {
        Slots[slot] = value;
        Changed[slot] = true;
    }

    /// <summary>Makes every fact unknown.</summary>
    public void Clear()
    {
        Array.Clear(Slots, 0, Slots.Length);
        Changed.AsSpan().Fill(true);
    }

    /// <inheritdoc/>
    public bool TryGet(string name, out CelValue value)
    {
        value = default;
        if (!Environment.TryGetVariable(name, out var variable))
        {
            return false;
        }

        value = Slots[variable.Slot];
        return !value.IsUnknown || value.Reference is not null;
    }
}
