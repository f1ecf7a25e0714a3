using System.Text.Json.Nodes;
using SmtpAuth.Diagnoses;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Makes steps of an operation for one sender, or says why it cannot.</summary>
internal sealed class StepFactory(RulePack pack, string language, TenantAnswers answers, TenantState state)
{
    // A tenant holds at most 195 Conditional Access policies (as of 2026-11); a longer list of steps is nothing to approve.
    private const int MostElements = 200;

    private readonly StateBindings _bindings = new(state);

    public Proposal Propose(OperationDefinition operation)
    {
        if (operation.Template.AppliesWhen is { } condition)
        {
            var applies = condition.Evaluate(_bindings);
            if (applies.IsUnknown)
            {
                var name = applies.AsUnknown().Names[0];
                return Proposal.Not(UnknownFact(operation, name, _bindings.Reason(name)));
            }

            if (!applies.IsTrue)
            {
                return Proposal.Not(new WithheldStep(
                    operation.Id, null, "not-applicable", pack.Phrase("withheld-not-applicable", language, operation.Instead?.In(language) ?? "").TrimEnd()));
            }
        }

        return operation.Template.EachIn is { } fact ? ProposeForEach(operation, state[fact]) : ProposeOne(operation, null);
    }

    private Proposal ProposeForEach(OperationDefinition operation, Fact list)
    {
        if (!list.IsKnown)
        {
            return Proposal.Not(UnknownFact(operation, list.Name, list.Reason!));
        }

        var proposals = new List<Proposal>();
        foreach (var element in ((IEnumerable<object?>)list.Value!).OfType<IReadOnlyDictionary<string, object?>>())
        {
            var bindings = new ElementBindings(_bindings, element);
            if (operation.Template.EachWhen!.Evaluate(bindings).IsTrue)
            {
                proposals.Add(ProposeOne(operation, element));
            }

            if (proposals.Count > MostElements)
            {
                return Proposal.Not(new WithheldStep(
                    operation.Id, null, "too-many-steps", pack.Phrase("withheld-too-many", language, operation.Id, MostElements)));
            }
        }

        // An element that may need a step keeps its gate unknown, which the plan as a whole reports.
        return new([.. proposals.SelectMany(proposal => proposal.Drafts)], [.. proposals.SelectMany(proposal => proposal.Withheld)]);
    }

    private Proposal ProposeOne(OperationDefinition operation, IReadOnlyDictionary<string, object?>? each)
    {
        var template = operation.Template;
        var filler = new TemplateFiller(state, each);
        var observes = new Observation
        {
            Answer = template.Observes.Answer,
            KeyProperty = template.Observes.KeyProperty,
            Key = template.Observes.Key is { } key ? filler.Text(key) : null,
            Path = template.Observes.Path,
        };
        var now = ObservedValues.Read(answers, state.Submission!, observes);
        if (filler.Missing.Count == 0 && !now.IsKnown)
        {
            return Proposal.Not(new WithheldStep(operation.Id, null, "unknown-facts", pack.Phrase("withheld-before", language, now.Reason!)));
        }

        var before = !now.IsKnown ? null : WritableJson.Read(answers, state.Submission!, observes) ?? now.Value?.DeepClone();
        var after = template.After.AddTo is { } list ? Added(before, list, filler.Text(template.After.Item!)) : filler.Json(template.After.Value);
        filler.Set("before", before);
        filler.Set("after", after);
        var step = new PlanStep
        {
            Id = "",
            Operation = operation.Id,
            Target = filler.Text(template.Target),
            Observes = observes,
            Before = before,
            After = after,
            Action = Action(template.Action, filler),
            Undo = template.Undo is { } undo ? Action(undo, filler) : null,
            Risk = operation.Risk,
            Scope = Scope(operation.Scope),
            SecurityCost = operation.SecurityCost,
            Permissions = operation.Permissions,
            Roles = operation.Roles,
            PropagationTypical = operation.PropagationTypical,
            PropagationMaximum = operation.PropagationMaximum,
            Summary = template.Summary.ToDictionary(text => text.Key, text => filler.Text(text.Value)),
            Portal = template.Portal.ToDictionary(text => text.Key, text => (IReadOnlyList<string>)[.. text.Value.Select(filler.Text)]),
            PowerShell = string.Join("\n", template.PowerShell.Select(filler.PowerShell)),
        };
        return filler.Missing.Count > 0 ? Proposal.Not([.. filler.Missing.Select(missing => UnknownFact(operation, missing.Key, missing.Value))])
            : ObservedValues.Satisfies(before, after) ? Proposal.Of([])
            : Obstacle(template, step) is { } obstacle ? Proposal.Not(new WithheldStep(operation.Id, null, "not-applicable", obstacle))
            : Proposal.Of([new(operation, step, template.After.Predicted is { } predicted ? filler.Json(predicted) : after)]);
    }

    private string? Obstacle(OperationTemplate template, PlanStep step)
    {
        if (template.Observes.MustBeAbsent && step.Before is not null)
        {
            return pack.Phrase("withheld-taken", language, step.Target, step.Observes.Answer);
        }

        var beside = template.After.AddTo is { } list && step.Before?[list] is JsonArray items
            ? items.Select(item => item?.ToString()).FirstOrDefault(item => template.After.NotBeside.Contains(item, StringComparer.OrdinalIgnoreCase))
            : null;
        return beside is null ? null : pack.Phrase("withheld-not-beside", language, step.Target, beside);
    }

    private WithheldStep UnknownFact(OperationDefinition operation, string name, string reason) => new(
        operation.Id, null, "unknown-facts", pack.Phrase("withheld-unknown", language, name, reason, FactGuide.How(name).TrimEnd('.')));

    private static JsonObject Added(JsonNode? before, string list, string item)
    {
        var after = before is JsonObject present ? (JsonObject)present.DeepClone() : [];
        if (after[list] is not JsonArray items)
        {
            after[list] = items = [];
        }

        if (!items.Any(other => string.Equals(other?.ToString(), item, StringComparison.OrdinalIgnoreCase)))
        {
            items.Add((JsonNode)JsonValue.Create(item));
        }

        return after;
    }

    private static StepAction Action(JsonObject template, TemplateFiller filler) => template switch
    {
        _ when template["cmdlet"] is JsonObject cmdlet => new StepAction.Cmdlet(
            cmdlet["name"]!.GetValue<string>(), (JsonObject)filler.Json(cmdlet["parameters"])!),
        _ when template["graph"] is JsonObject graph => new StepAction.GraphRequest(
            graph["method"]!.GetValue<string>(), graph["version"]!.GetValue<string>(), filler.Path(graph["path"]!.GetValue<string>()), filler.Json(graph["body"])),
        _ => new StepAction.Manual(),
    };

    private static StepScope Scope(string name) => name switch
    {
        "client" => StepScope.Client,
        "mailbox" => StepScope.Mailbox,
        _ => StepScope.Organization,
    };
}
