namespace SmtpAuth.Rules;

/// <summary>Reads a route's file.</summary>
internal static class RouteReader
{
    public static RouteDefinition Read(PackNode node)
    {
        node.WithMembers("id", "gates", "plannable", "securityCost", "effort", "internalOnly", "until", "name", "constraints", "deadlines", "sources");
        var constraints = node.Required("constraints").WithMembers(LanguageText.Languages);
        return new()
        {
            Route = PackText.RouteOf(node.Required("id")),
            Gates = [.. node.Required("gates").AsList().Select(PackText.GateOf).OrderBy(gate => gate)],
            IsPlannable = node.Required("plannable").Flag(),
            SecurityCost = node.Required("securityCost").Number(0, 100),
            Effort = node.Required("effort").Number(1, 5),
            IsInternalOnly = node.Find("internalOnly")?.Flag() ?? false,
            Until = node.Find("until")?.Day(),
            Name = PackText.Localized(node.Required("name")),
            Constraints = LanguageText.Languages.ToDictionary(language => language, language => constraints.Texts(language)),
            Deadlines = [.. node.List("deadlines").Select(Deadline).OrderBy(deadline => deadline.Date)],
            Sources = PackText.Sources(node),
        };
    }

    private static RouteDeadline Deadline(PackNode node)
    {
        node.WithMembers("date", "precision", "text", "source", "checked", "confidence");
        return new(
            node.Required("date").Day(),
            node.Required("precision").OneOf("day", "month", "end of the month", "half of the year"),
            PackText.Localized(node.Required("text")),
            new(PackText.Url(node.Required("source")), node.Required("checked").Text(), PackText.Confidence(node.Required("confidence"))));
    }
}
