using System.Globalization;
using System.Text;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>A plan as one PowerShell script for someone who reviews it and runs it.</summary>
/// <remarks>
/// <para>The script checks each value before it writes, leaves alone what is done already, stops at the first surprise,
/// reads back, and takes everything back when it is run with <c>-Undo</c>. It can be run again at any time.</para>
/// <para>No value from the plan can become code: texts are quoted, names are checked, comments end where their line ends.
/// Runs on Windows PowerShell 5.1 and PowerShell 7 with ExchangeOnlineManagement and Microsoft.Graph.Authentication. Thread-safe.</para>
/// </remarks>
public static class PowerShellScript
{
    private const string Functions = """
        param([switch] $Undo)

        $ErrorActionPreference = 'Stop'

        function Get-Value($Object, [string[]] $Path) {
            foreach ($Name in $Path) {
                if ($null -eq $Object) { return $null }
                $Object = $Object.$Name
            }
            return , $Object
        }

        function Get-GraphList([string] $Uri) {
            while ($Uri) {
                $Page = Invoke-MgGraphRequest -Method GET -Uri $Uri -OutputType PSObject
                $Page.value
                $Uri = $Page.'@odata.nextLink'
            }
        }

        function Test-Value($Now, $Wanted) {
            if ($null -eq $Wanted) { return $null -eq $Now }
            if ($null -eq $Now) { return $Wanted -is [array] -and $Wanted.Count -eq 0 }
            if ($Wanted -is [System.Collections.IDictionary]) {
                foreach ($Name in $Wanted.Keys) {
                    if (-not (Test-Value (Get-Value $Now $Name) $Wanted[$Name])) { return $false }
                }
                return $true
            }
            if ($Wanted -is [array]) {
                foreach ($Item in $Wanted) { if (@($Now) -notcontains $Item) { return $false } }
                foreach ($Item in @($Now)) { if ($Wanted -notcontains $Item) { return $false } }
                return $true
            }
            return "$Now" -eq "$Wanted"
        }

        function Invoke-Step([string] $Id, [string] $Target, $Before, $After, [scriptblock] $Read, [string[]] $Path, [scriptblock] $Write) {
            $Object = & $Read
            $Now = Get-Value $Object $Path
            if (Test-Value $Now $After) {
                $Created[$Id] = $Object
                Write-Host "$Id ($Target): is so already."
                return
            }
            if (-not (Test-Value $Now $Before)) {
                throw "$Id ($Target): the value is neither as planned before nor as planned after. Nothing was written. Make the plan again."
            }
            $Result = & $Write
            for ($Try = 0; $Try -lt 24; $Try++) {
                $Object = & $Read
                if (Test-Value (Get-Value $Object $Path) $After) {
                    $Created[$Id] = $Object
                    Write-Host "$Id ($Target): done and read back."
                    return
                }
                Start-Sleep -Seconds 5
            }
            throw "$Id ($Target): written, but not read back within two minutes. Run the script again later."
        }


        """;

    /// <summary>Renders a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="language">The language of the comments and prompts, <c>en</c> (the default) or <c>ro</c>.</param>
    /// <returns>The script, lines ended by a line feed.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">
    /// The plan names a cmdlet or parameter that is no name; the steps wait for each other; or a value that a step changes cannot be
    /// read by a script.
    /// </exception>
    public static string Render(RemediationPlan plan, string language = "en")
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(language);

        var steps = PlanOrder.Sort(plan.Steps)
            ?? throw new FormatException("The plan's steps wait for each other; there is no order to write them in.");
        var script = new StringBuilder();
        Header(script, plan);
        script.Append(Functions);
        if (steps.Any(step => step.Observes.Answer.StartsWith("exchange/", StringComparison.Ordinal)))
        {
            script.Append("if (-not (Get-Command Get-CASMailbox -ErrorAction SilentlyContinue)) { throw 'Run Connect-ExchangeOnline first.' }\n");
        }

        script.Append("$Created = @{}\n\nif (-not $Undo) {\n");
        script.Append("    if ([DateTime]::UtcNow -ge [DateTime]::Parse(")
            .Append(PowerShellText.Quote(plan.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)))
            .Append(", [Globalization.CultureInfo]::InvariantCulture).ToUniversalTime()) { throw 'The plan has expired. Make it again.' }\n");
        foreach (var step in steps)
        {
            Step(script, plan, step, language, undo: false);
        }

        script.Append("}\nelse {\n");
        foreach (var step in steps)
        {
            if (steps.Any(other => Placeholders.Find(other).Any(reference => reference.StepId == step.Id)))
            {
                script.Append("    $Created[").Append(PowerShellText.Quote(step.Id)).Append("] = ").Append(Read(plan, step)).Append('\n');
            }
        }

        foreach (var step in steps.Reverse())
        {
            Step(script, plan, step, language, undo: true);
        }

        return script.Append("}\n").ToString();
    }

    private static void Header(StringBuilder script, RemediationPlan plan)
    {
        foreach (var line in (string[])
        [
            $"SMTP AUTH for {plan.Submission.Mailbox}, route {plan.Route.ToName()}",
            $"Plan {PlanHash.Compute(plan)}, rule pack {plan.PackVersion}",
            $"Made {plan.CreatedAt.UtcDateTime:u}, expires {plan.Expires.UtcDateTime:u}",
            "Review it, then run it. Run it with -Undo to take everything back.",
            "Roles, one of: " + Joined(plan.Steps.SelectMany(step => step.Roles)),
            "Permissions: " + Joined(plan.Steps.SelectMany(step => step.Permissions)),
        ])
        {
            script.Append(PowerShellText.Comment(line)).Append('\n');
        }

        script.Append('\n');
    }

    private static string Joined(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } list ? string.Join(", ", list) : "none";

    private static void Step(StringBuilder script, RemediationPlan plan, PlanStep step, string language, bool undo)
    {
        var summary = step.Summary.TryGetValue(language, out var words) || step.Summary.TryGetValue("en", out words) ? words : step.Operation;
        script.Append("\n    ").Append(PowerShellText.Comment($"{step.Id}: {(undo ? "take back: " : string.Empty)}{summary}")).Append('\n');
        if (step.Risk is { } risk && !undo)
        {
            script.Append("    ").Append(PowerShellText.Comment($"RISK that was accepted: {risk}")).Append('\n');
        }

        if (undo && step.Undo is null)
        {
            script.Append("    Write-Warning ").Append(PowerShellText.Quote($"{step.Id} ({step.Target}) cannot be taken back.")).Append('\n');
            return;
        }

        script.Append("    Invoke-Step -Id ").Append(PowerShellText.Quote(step.Id))
            .Append(" -Target ").Append(PowerShellText.Quote(step.Target))
            .Append(" `\n        -Before ").Append(PowerShellText.Value(undo ? step.After : step.Before))
            .Append(" -After ").Append(PowerShellText.Value(undo ? step.Before : step.After))
            .Append(" `\n        -Read { ").Append(Read(plan, step)).Append(" }")
            .Append(" `\n        -Path ").Append(step.Observes.Path is { } path ? string.Join(", ", path.Split('.').Select(PowerShellText.Quote)) : "@()")
            .Append(" `\n        -Write { ").Append(Write(step, undo ? step.Undo! : step.Action, language)).Append(" }\n");
    }

    private static string Read(RemediationPlan plan, PlanStep step) => step.Scope == StepScope.Client
        ? "$null"
        : PowerShellReads.Object(step.Observes, plan.Submission)
            ?? throw new FormatException($"Step {step.Id} changes {step.Observes.Answer}, which a script cannot read. Use another executor.");

    private static string Write(PlanStep step, StepAction action, string language)
    {
        if (action is not StepAction.Manual)
        {
            return PowerShellText.Call(action);
        }

        var lines = step.Portal.TryGetValue(language, out var portal) || step.Portal.TryGetValue("en", out portal) ? portal : [];
        return $"Read-Host {PowerShellText.Quote(string.Join(" ", lines.Select((line, index) => $"{index + 1}. {line}")))} | Out-Null";
    }
}
