using System.Management.Automation.Language;
using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

public class PowerShellScriptTests
{
    private static readonly RemediationPlan Full = SomePlan.With(
        SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch(), SomePlan.SecurityDefaultsOff(), SomePlan.PerUserMfaOff(),
        SomePlan.CreatePolicy(), SomePlan.EnablePolicy(), SomePlan.MailboxSwitch("s7") with { Action = new StepAction.Manual(), Undo = null });

    private static readonly string[] Attacks =
    [

        "'; Remove-Mailbox x #", "\u2019; Remove-Mailbox x #", "$(Remove-Mailbox x)", "`n\nRemove-Mailbox x", "#>\r\nRemove-Mailbox x",
        "\u2028Remove-Mailbox x", "${created.s1.id}'; Remove-Mailbox x", "\"@\n'@\nRemove-Mailbox x", "}; Remove-Mailbox x; {",
    ];

    [Fact]
    public void The_script_parses_and_calls_only_what_it_should()
    {
        var calls = Commands(PowerShellScript.Render(Full));

        calls.Distinct().Order(StringComparer.Ordinal).Should().Equal(
            "Get-CASMailbox", "Get-Command", "Get-GraphList", "Get-TransportConfig", "Get-Value", "Invoke-MgGraphRequest",
            "Invoke-Step", "Out-Null", "Read-Host", "Set-CASMailbox", "Set-TransportConfig", "Start-Sleep", "Test-Value", "Where-Object",
            "Write-Host", "Write-Warning");
    }

    [Fact]
    public void Null_is_written_as_null_and_created_objects_are_filled_in_while_it_runs()
    {
        var script = PowerShellScript.Render(Full);

        script.Should().Contain("-Before $null -After $false");
        script.Should().Contain("Set-CASMailbox -Identity:'printer@contoso.example' -SmtpClientAuthenticationDisabled:$false");
        script.Should().Contain("Set-CASMailbox -Identity:'printer@contoso.example' -SmtpClientAuthenticationDisabled:$null");
        script.Should().Contain("-Uri ('/v1.0/identity/conditionalAccess/policies/' + [string](Get-Value $Created['s5'] 'id'))");
        script.Should().Contain("RISK that was accepted: security-defaults-off");
        script.Should().Contain("Write-Warning 's7 (set-mailbox-switch) cannot be taken back.'");
    }

    [Fact]
    public void No_value_becomes_code() =>
        Gen.OneOf(Gen.String, Gen.Int[0, Attacks.Length - 1].Select(index => Attacks[index]))
            .Sample(text =>
            {
                var step = SomePlan.MailboxSwitch() with
                {
                    Operation = text,
                    Target = text,
                    Before = text,
                    After = new JsonObject { [text] = text },
                    Observes = new() { Answer = Tenancy.AnswerNames.AuthenticationPolicy, KeyProperty = text, Key = text, Path = text },
                    Action = new StepAction.Cmdlet("Set-CASMailbox", new() { ["Identity"] = text }),
                    Undo = new StepAction.GraphRequest("PATCH", "v1.0", "/" + text, new JsonObject { ["x"] = text }),
                    Summary = new Dictionary<string, string> { ["en"] = text },
                    Risk = text,
                    Roles = [text],
                    Permissions = [text],
                };
                var manual = SomePlan.MailboxSwitch("s2") with
                {
                    Action = new StepAction.Manual(),
                    Portal = new Dictionary<string, IReadOnlyList<string>> { ["en"] = [text] },
                };
                var plan = SomePlan.With(step, manual) with { PackVersion = text, Submission = new() { Mailbox = text } };

                Commands(PowerShellScript.Render(plan)).Should().BeSubsetOf(
                    [
                        "ConvertTo-Json", "Get-AuthenticationPolicy", "Get-CASMailbox", "Get-Command", "Get-GraphList", "Get-Value", "Invoke-MgGraphRequest",
                        "Invoke-Step", "Out-Null", "Read-Host", "Set-CASMailbox", "Start-Sleep", "Test-Value", "Where-Object", "Write-Host", "Write-Warning",
                    ]);
            },
            iter: 200);

    [Theory]
    [InlineData("Set-CASMailbox; Remove-Mailbox", "Identity")]
    [InlineData("Set-CASMailbox", "Identity x; Remove-Mailbox")]
    [InlineData("", "Identity")]
    [InlineData("-Set", "Identity")]
    public void What_is_no_name_is_refused(string cmdlet, string parameter)
    {
        var plan = SomePlan.With(SomePlan.MailboxSwitch() with { Action = new StepAction.Cmdlet(cmdlet, new() { [parameter] = "x" }) });

        var rendering = () => PowerShellScript.Render(plan);

        rendering.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData("null", "$null")]
    [InlineData("true", "$true")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("\"it's\"", "'it''s'")]
    [InlineData("\"\u2018\u2019\u201A\u201B\"", "'\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B'")]
    [InlineData("[]", "@()")]
    [InlineData("[\"a\",null]", "@('a', $null)")]
    [InlineData("{\"@odata.type\":\"#Exchange.GenericHashTable\",\"Add\":\"x\"}", "@{ 'Add' = 'x' }")]
    public void Values_are_written_as_PowerShell(string json, string expected) =>
        PowerShellText.Value(JsonNode.Parse(json)).Should().Be(expected);

    [Theory]
    [InlineData("graph/groupMembers-42", null, "Get-GraphList '/v1.0/groups/42/members'")]
    [InlineData("graph/user", "accountEnabled", "Invoke-MgGraphRequest -Method GET -Uri '/v1.0/users/printer%40contoso.example?$select=accountEnabled' -OutputType PSObject")]
    [InlineData("exchange/Get-Mailbox", "x", "Get-Mailbox -Identity:'printer@contoso.example'")]
    [InlineData("exchange/Get-TransportConfig", "x", "Get-TransportConfig")]
    [InlineData("graph/signIns", null, null)]
    public void A_script_reads_each_answer_that_steps_change(string answer, string? path, string? expected) =>
        PowerShellReads.Object(new() { Answer = answer, Path = path }, new() { Mailbox = SmallTenant.Mailbox }).Should().Be(expected);

    /// <summary>Parses with PowerShell's own parser and gives every command that the script would call.</summary>
    private static List<string> Commands(string script)
    {
        var ast = Parser.ParseInput(script, out _, out var errors);
        errors.Should().BeEmpty();
        return [.. ast.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>().Select(command => command.GetCommandName() ?? command.ToString()).Where(name => name is not ("& $Read" or "& $Write"))];
    }
}
