using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Finds the sender's own object in an answer that may hold those of others.</summary>
internal static class SenderObject
{
    private static readonly string[] SingleAddresses = ["PrimarySmtpAddress", "mail", "WindowsEmailAddress"];
    private static readonly string[] SignInNames = ["UserPrincipalName", "WindowsLiveID", "MicrosoftOnlineServicesID"];

    private static readonly string[] AddressLists = ["EmailAddresses", "proxyAddresses"];
    private static readonly string[] Names = ["Identity", "Alias", "Name"];

    /// <summary>Finds the object.</summary>
    /// <returns>The object; a known <see langword="null"/> where the service says that there is none; or why it cannot be told.</returns>
    public static Reading<JsonElement?> Find(AnswerContent content, string address)
    {
        if (content.Failure is { } failure)
        {
            return content.NotFound is { } said && said.Contains(address, StringComparison.OrdinalIgnoreCase)
                ? Reading<JsonElement?>.Of(null)
                : Reading<JsonElement?>.Unknown(failure);
        }

        if (content.Objects.Count == 0)
        {
            return content.Incomplete is { } gap ? Reading<JsonElement?>.Unknown(gap) : Reading<JsonElement?>.Of(null);
        }

        var own = content.WithAddress(address).ToList();
        if (own.Count == 0)
        {
            own = [.. content.Objects.Where(candidate => IsNamedAlike(candidate, address, content.Objects.Count == 1))];
        }

        return own.Count switch
        {
            1 => Reading<JsonElement?>.Of(own[0]),
            0 => Reading<JsonElement?>.Unknown(NotThere(content, address)),
            _ => Reading<JsonElement?>.Unknown($"{own.Count} objects in {content.Answer.Name} match {address}, so none can be chosen."),
        };
    }

    /// <summary>Gets every SMTP address and sign-in name that an object shows, as written there, primary addresses first.</summary>
    public static IEnumerable<string> Addresses(JsonElement candidate) => MailAddresses(candidate)
        .Concat(SignInNames.Select(name => Address(JsonMembers.Find(candidate, name))).OfType<string>());

    /// <summary>Gets every SMTP address that an object shows, as written there, primary ones first.</summary>
    public static IEnumerable<string> MailAddresses(JsonElement candidate) =>
        SingleAddresses.Select(name => Address(JsonMembers.Find(candidate, name))).OfType<string>()
            .Concat(AddressLists.SelectMany(name => ProxyAddresses(JsonMembers.Find(candidate, name))));

    /// <summary>Gets the SMTP addresses of a list such as <c>SMTP:a@contoso.com, smtp:b@contoso.com</c>, without the prefix.</summary>
    public static IEnumerable<string> ProxyAddresses(JsonElement? list)
    {
        if (list is not { } present)
        {
            yield break;
        }

        var value = JsonMembers.Unwrap(present);
        IEnumerable<JsonElement> elements = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        foreach (var element in elements)
        {
            var text = JsonMembers.Text(element) ?? JsonMembers.Text(JsonMembers.Find(element, "ProxyAddressString"))
                ?? JsonMembers.Text(JsonMembers.Find(element, "AddressString"));
            if (text is null)
            {
                continue;
            }

            var colon = text.IndexOf(':');
            if (colon < 0)
            {
                yield return text;
            }
            else if (text.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase))
            {
                yield return text.Substring(colon + 1);
            }
        }
    }

    private static string? Address(JsonElement? element)
    {
        var text = JsonMembers.Text(element);
        if (text is null && element is { ValueKind: JsonValueKind.Object } parts
            && JsonMembers.Text(JsonMembers.Find(parts, "Local")) is { } local
            && JsonMembers.Text(JsonMembers.Find(parts, "Domain")) is { } domain)
        {
            text = $"{local}@{domain}";
        }

        return text is not null && text.Contains('@') ? text : null;
    }

    // An object without any address can still be the sender's: by a name that equals the address or its local part, or,
    // when it is the only one, by having no name at all.
    private static bool IsNamedAlike(JsonElement candidate, string address, bool isOnlyOne)
    {
        if (Addresses(candidate).Any() || !JsonMembers.Members(candidate).Any())
        {
            return false;
        }

        var local = address.Substring(0, Math.Max(0, address.IndexOf('@')));
        var names = Names.Select(name => JsonMembers.Text(JsonMembers.Find(candidate, name)))
            .Where(name => !string.IsNullOrEmpty(name) && !Guid.TryParse(name, out _)).ToList();
        return names.Count == 0
            ? isOnlyOne
            : names.Any(name => LastPart(name!) is var last
                && (string.Equals(last, address, StringComparison.OrdinalIgnoreCase)
                    || (local.Length > 0 && string.Equals(last, local, StringComparison.OrdinalIgnoreCase))));
    }

    private static string LastPart(string name) => name.Substring(name.LastIndexOf('/') + 1);

    private static string NotThere(AnswerContent content, string address)
    {
        var name = content.Answer.Name;
        if (content.Incomplete is { } gap)
        {
            return $"{address} is not in the part of {name} that was read. {gap}";
        }

        if (content.Objects.Count > 1)
        {
            return $"{address} is in none of the {content.Objects.Count} objects of {name}. Read the answer for {address}.";
        }

        var shown = Addresses(content.Objects[0])
            .Concat(Names.Select(member => JsonMembers.Text(JsonMembers.Find(content.Objects[0], member))))
            .FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? "an object without a name";
        return $"{name} is about {JsonMembers.OneLine(shown)}, not about {address}. Read the answer for {address}.";
    }
}
