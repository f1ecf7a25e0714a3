using Spectre.Console;

namespace SmtpAuth.Cli.Output;

/// <summary>Lines for a person: coloured in a terminal, plain text with the same words when piped.</summary>
internal sealed class Page(IAnsiConsole console)
{
    public static Page OnOutput(CommandStreams streams) => On(streams.Out, streams.OutIsTerminal, streams);

    public static Page OnError(CommandStreams streams) => On(streams.Error, streams.ErrorIsTerminal, streams);

    public void Blank() => console.WriteLine();

    /// <summary>Lets the reader see what was written so far.</summary>
    public void Flush() => console.Profile.Out.Writer.Flush();

    /// <summary>A title with an empty line before it.</summary>
    public void Heading(string text)
    {
        Blank();
        Line(0, new Span(text, Tone.Accent));
    }

    /// <summary>A title that begins a part of a story.</summary>
    public void Chapter(string text)
    {
        Blank();
        console.Write(new Rule { Title = Markup.Escape(text), Justification = Justify.Left, Style = StyleOf(Tone.Quiet) });
    }

    /// <summary>Wrapped text, every line of it indented.</summary>
    public void Line(int indent, params ReadOnlySpan<Span> spans) => console.Write(new Padder(ToParagraph(spans), new Padding(indent, 0, 0, 0)));

    /// <summary>A line to copy, such as a command or an address: never wrapped.</summary>
    public void Verbatim(int indent, string text) =>
        console.Profile.Out.Writer.WriteLine($"{new string(' ', indent)}{Printable.Line(text)}");

    /// <summary>Wrapped text behind a mark, such as a bullet; further lines align with the first.</summary>
    public void Item(int indent, Span mark, params ReadOnlySpan<Span> spans)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(indent, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        grid.AddRow(ToParagraph([mark]), ToParagraph(spans));
        console.Write(grid);
    }

    /// <summary>Rows whose columns align; the last column wraps.</summary>
    public void Columns(int indent, IReadOnlyList<Span[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var grid = new Grid { Expand = false };
        for (var column = 0; column < rows[0].Length; column++)
        {
            var isLast = column == rows[0].Length - 1;
            grid.AddColumn(new GridColumn { NoWrap = !isLast, Padding = new Padding(column == 0 ? indent : 0, 0, isLast ? 0 : 2, 0) });
        }

        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(span => ToParagraph([span]))]);
        }

        console.Write(grid);
    }

    private static Paragraph ToParagraph(ReadOnlySpan<Span> spans)
    {
        var paragraph = new Paragraph();
        foreach (var span in spans)
        {
            paragraph.Append(Printable.Text(span.Text), StyleOf(span.Tone));
        }

        return paragraph;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Quiet => new Style(Color.Grey),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        Tone.Doubtful => new Style(Color.Yellow),
        Tone.Accent => new Style(Color.Aqua, decoration: Decoration.Bold),
        _ => Style.Plain,
    };

    private static Page On(TextWriter writer, bool isTerminal, CommandStreams streams)
    {
        // https://no-color.org: any value but an empty one switches colours off.
        var colour = isTerminal && string.IsNullOrEmpty(streams.Environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(colour ? writer : new TrimmedLineWriter(writer)),
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = streams.Width;
        console.Profile.Capabilities.Unicode = true;
        return new Page(console);
    }
}
