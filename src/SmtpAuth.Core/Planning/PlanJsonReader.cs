using System.Globalization;
using System.Text.Json;

namespace SmtpAuth.Planning;

/// <summary>Restores a plan from JSON, member by member, and checks it against its hash.</summary>
internal static class PlanJsonReader
{
    public static RemediationPlan Read(JsonElement root)
    {
        var document = new PlanJsonObject(root, "plan", message => new PlanFormatException("The plan " + message));
        var version = document.Integer("formatVersion");
        if (version != RemediationPlan.CurrentFormatVersion)
        {
            throw document.Wrong(
                $"has format version {version}; this version reads {RemediationPlan.CurrentFormatVersion}. Make the plan again.");
        }

        var hash = document.Text("hash");
        var plan = new RemediationPlan
        {
            Complete = document.Boolean("complete"),
            Route = ReadRoute(document, "route"),
            CreatedAt = document.Time("createdAt"),
            Expires = document.Time("expires"),
            PackVersion = document.Text("packVersion"),
            TenantId = document.NullableText("tenantId"),
            Submission = ReadSubmission(document.Object("submission")),
            AcceptedRisks = document.Texts("acceptedRisks"),
            Steps = [.. document.Objects("steps").Select(ReadStep)],
            Withheld = [.. document.Objects("withheld").Select(ReadWithheld)],
            Alternatives = [.. document.Objects("alternatives").Select(ReadAlternative)],
        };
        document.Same("approvalRequired", plan.ApprovalRequired);
        document.End();
        CheckIds(document, plan.Steps);

        var actual = PlanHash.Compute(plan);
        return string.Equals(hash, actual, StringComparison.Ordinal)
            ? plan
            : throw document.Wrong(
                $"was altered after it was made: its content has the hash {actual}, its member 'hash' says {PlanJsonObject.Quote(hash)}. " +
                "Make the plan again.");
    }

    public static StepAction ReadAction(PlanJsonObject action)
    {
        var kind = action.Text("kind");
        StepAction read = kind switch
        {
            "cmdlet" => new StepAction.Cmdlet(action.Text("name"), action.FreeObject("parameters")),
            "graph" => new StepAction.GraphRequest(
                action.Text("method"), action.Text("version"), action.Text("path"), action.Free("body")),
            "manual" => new StepAction.Manual(),
            _ => throw action.Wrong($"has the kind {PlanJsonObject.Quote(kind)} at {action.Path}; expected cmdlet, graph or manual."),
        };
        action.End();
        return read;
    }

    private static Route ReadRoute(PlanJsonObject from, string name)
    {
        var text = from.Text(name);
        return Routes.TryParse(text, out var route)
            ? route
            : throw from.Wrong($"has the route {PlanJsonObject.Quote(text)} at {from.Path}.{name}; expected a route's name, such as basic.");
    }

    private static Tenancy.Submission ReadSubmission(PlanJsonObject from)
    {
        var appId = from.OptionalText("appId");
        var submission = new Tenancy.Submission
        {
            Mailbox = from.Text("mailbox"),
            Route = ReadRoute(from, "route"),
            From = from.OptionalText("from"),
            AppId = appId is null
                ? null
                : Guid.TryParseExact(appId, "D", out var id)
                    ? id
                    : throw from.Wrong($"has the appId {PlanJsonObject.Quote(appId)} at {from.Path}; expected a GUID with hyphens."),
            IpAddress = from.OptionalText("ipAddress"),
        };
        from.End();
        return submission;
    }

    private static PlanStep ReadStep(PlanJsonObject from)
    {
        var propagation = from.Object("propagation");
        var undo = from.NullableObject("undo");
        var cost = from.Integer("securityCost");
        if (cost is < 0 or > 100)
        {
            throw from.Wrong($"has the securityCost {cost} at {from.Path}; expected 0 to 100.");
        }

        var step = new PlanStep
        {
            Id = from.Text("id"),
            Operation = from.Text("operation"),
            Target = from.Text("target"),
            Observes = ReadObservation(from.Object("observes")),
            Before = from.Free("before"),
            After = from.Free("after"),
            Risk = from.NullableText("risk"),
            Scope = ReadScope(from),
            SecurityCost = cost,
            Permissions = from.Texts("permissions"),
            Roles = from.Texts("roles"),
            Requires = from.Texts("requires"),
            PropagationTypical = ReadDuration(propagation, "typical"),
            PropagationMaximum = ReadDuration(propagation, "maximum"),
            DependsOn = from.Texts("dependsOn"),
            Action = ReadAction(from.Object("action")),
            Undo = undo is null ? null : ReadAction(undo),
            Summary = from.Object("summary").TextsByName(),
            Portal = from.Object("portal").TextListsByName(),
            PowerShell = from.Text("powerShell"),
        };
        from.Same("reversible", step.Undo is not null);
        propagation.End();
        from.End();
        return step;
    }

    private static Observation ReadObservation(PlanJsonObject from)
    {
        var observation = new Observation
        {
            Answer = from.Text("answer"),
            KeyProperty = from.OptionalText("keyProperty"),
            Key = from.OptionalText("key"),
            Path = from.OptionalText("path"),
        };
        from.End();
        return observation;
    }

    private static StepScope ReadScope(PlanJsonObject from)
    {
        var name = from.Text("scope");
        return name switch
        {
            "client" => StepScope.Client,
            "mailbox" => StepScope.Mailbox,
            "organization" => StepScope.Organization,
            _ => throw from.Wrong(
                $"has the scope {PlanJsonObject.Quote(name)} at {from.Path}; expected client, mailbox or organization."),
        };
    }

    private static TimeSpan ReadDuration(PlanJsonObject from, string name)
    {
        var text = from.Text(name);
        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero
            ? duration
            : throw from.Wrong($"has the duration {PlanJsonObject.Quote(text)} at {from.Path}.{name}; expected the form 00:15:00.");
    }

    private static WithheldStep ReadWithheld(PlanJsonObject from)
    {
        var withheld = new WithheldStep(
            from.NullableText("operation"), from.OptionalText("risk"), from.OptionalText("reason"), from.Text("why"));
        from.End();
        return withheld;
    }

    private static RouteAlternative ReadAlternative(PlanJsonObject from)
    {
        var alternative = new RouteAlternative(
            ReadRoute(from, "route"), from.Boolean("complete"), from.Text("why"), from.OptionalTime("until"));
        from.End();
        return alternative;
    }

    private static void CheckIds(PlanJsonObject document, IReadOnlyList<PlanStep> steps)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (!ids.Add(step.Id))
            {
                throw document.Wrong($"has two steps with the id {PlanJsonObject.Quote(step.Id)}; expected each id once.");
            }
        }

        foreach (var step in steps)
        {
            if (step.DependsOn.FirstOrDefault(id => !ids.Contains(id)) is { } missing)
            {
                throw document.Wrong(
                    $"lets step {PlanJsonObject.Quote(step.Id)} depend on {PlanJsonObject.Quote(missing)}, which it does not contain.");
            }
        }
    }
}
