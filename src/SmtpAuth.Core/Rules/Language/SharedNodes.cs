namespace SmtpAuth.Rules.Language;

// Finds what occurs more than once in a set of conditions, so that it is computed once per evaluation.
internal static class SharedNodes
{
    public static int Mark(IEnumerable<Node> roots)
    {
        var groups = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            foreach (var child in root.Children)
            {
                Collect(child, groups);
            }
        }

        var count = 0;
        foreach (var group in groups.Values)
        {
            if (group.Count > 1)
            {
                group.ForEach(node => node.SharedIndex = count);
                count++;
            }
        }

        return count;
    }

    private static void Collect(Node node, Dictionary<string, List<Node>> groups)
    {
        if (node.Children.Count == 0)
        {
            return;
        }

        if (NodeKey.IsClosed(node))
        {
            var key = NodeKey.Of(node);
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = []);
            }

            group.Add(node);
        }

        foreach (var child in node.Children)
        {
            Collect(child, groups);
        }
    }
}
