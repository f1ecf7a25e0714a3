using System.CommandLine;
using SmtpAuth.Cli.Options;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth completion</c>: prints the lines that let a shell complete this command.</summary>
internal sealed class CompletionCommand : Verb
{
    private const string Bash = """
        _smtpauth() {
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(smtpauth "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _smtpauth smtpauth
        """;

    private const string Zsh = """
        _smtpauth() {
            local -a found
            found=( ${(f)"$(smtpauth "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"} )
            compadd -a found
        }
        compdef _smtpauth smtpauth
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName smtpauth -ScriptBlock {
            param($word, $line, $position)
            smtpauth "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private readonly Argument<string> _shell = new Argument<string>("SHELL")
    {
        Description = "bash, zsh or pwsh.",
    }.AcceptOnlyFromAmong("bash", "zsh", "pwsh");

    public CompletionCommand(CommandStreams streams, GlobalOptions global)
        : base("completion", "Prints the lines that let a shell complete this command.", streams, global) => Add(_shell);

    public override IReadOnlyList<string> Examples => ["smtpauth completion bash >> ~/.bashrc"];

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Streams.Out.WriteLine(context.Value(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => PowerShell,
        });
        return Task.FromResult(ExitCode.Done);
    }
}
