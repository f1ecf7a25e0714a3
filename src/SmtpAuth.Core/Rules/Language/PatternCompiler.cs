namespace SmtpAuth.Rules.Language;

// Thompson's construction: one instruction per character set, split and assertion.
internal sealed class PatternCompiler(int limit)
{
    private readonly List<PatternInstruction> _instructions = [];

    public static PatternInstruction[] Compile(PatternNode node, int limit)
    {
        var compiler = new PatternCompiler(limit);

        // Keeps 0 free to mean "the instruction after this one".
        compiler.Add(new PatternInstruction { Operation = PatternOperation.Jump });
        compiler.Emit(node);
        compiler.Add(new PatternInstruction { Operation = PatternOperation.Match });
        return [.. compiler._instructions];
    }

    private int Add(PatternInstruction instruction)
    {
        if (_instructions.Count >= limit)
        {
            throw new PatternException($"the pattern is larger than {limit} instructions");
        }

        instruction.Next = instruction.Next == 0 ? _instructions.Count + 1 : instruction.Next;
        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }

    private void Patch(int index, int? next = null, int? other = null)
    {
        var instruction = _instructions[index];
        instruction.Next = next ?? instruction.Next;
        instruction.Other = other ?? instruction.Other;
        _instructions[index] = instruction;
    }

    private void Emit(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Characters characters:
                Add(new PatternInstruction { Operation = PatternOperation.Characters, Set = characters.Set });
                break;
            case PatternNode.Assertion assertion:
                Add(new PatternInstruction { Operation = PatternOperation.Assert, Assertion = assertion.Kind });
                break;
            case PatternNode.Sequence sequence:
                sequence.Parts.ForEach(Emit);
                break;
            case PatternNode.Choice choice:
                EmitChoice(choice);
                break;
            case PatternNode.Repeat repeat:
                EmitRepeat(repeat);
                break;
        }
    }

    private void EmitChoice(PatternNode.Choice choice)
    {
        var jumps = new List<int>();
        for (var i = 0; i < choice.Branches.Count - 1; i++)
        {
            var split = Add(new PatternInstruction { Operation = PatternOperation.Split });
            Emit(choice.Branches[i]);
            jumps.Add(Add(new PatternInstruction { Operation = PatternOperation.Jump }));
            Patch(split, other: _instructions.Count);
        }

        Emit(choice.Branches[choice.Branches.Count - 1]);
        jumps.ForEach(jump => Patch(jump, next: _instructions.Count));
    }

    private void EmitRepeat(PatternNode.Repeat repeat)
    {
        for (var i = 0; i < repeat.Minimum; i++)
        {
            Emit(repeat.Inner);
        }

        if (repeat.Maximum < 0)
        {
            var split = Add(new PatternInstruction { Operation = PatternOperation.Split });
            Emit(repeat.Inner);
            Add(new PatternInstruction { Operation = PatternOperation.Jump, Next = split });
            Patch(split, other: _instructions.Count);
            return;
        }

        var splits = new List<int>();
        for (var i = repeat.Minimum; i < repeat.Maximum; i++)
        {
            splits.Add(Add(new PatternInstruction { Operation = PatternOperation.Split }));
            Emit(repeat.Inner);
        }

        splits.ForEach(split => Patch(split, other: _instructions.Count));
    }
}
