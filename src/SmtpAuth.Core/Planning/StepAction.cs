using System.Text.Json.Nodes;

namespace SmtpAuth.Planning;

/// <summary>How a change is made, as data: an Exchange cmdlet, a Microsoft Graph request, or something only a person can do.</summary>
/// <remarks>
/// A text in <c>${created.STEP.property}</c> form stands for a property of what an earlier step created; the runner
/// replaces it before an executor sees it. Treat the JSON values as read-only.
/// </remarks>
public abstract record StepAction
{
    private protected StepAction()
    {
    }

    /// <summary>A cmdlet of Exchange Online.</summary>
    /// <param name="Name">The cmdlet, such as <c>Set-CASMailbox</c>.</param>
    /// <param name="Parameters">Its parameters; JSON <c>null</c> is sent as such, an absent one is not sent.</param>
    public sealed record Cmdlet(string Name, JsonObject Parameters) : StepAction;

    /// <summary>A request to Microsoft Graph.</summary>
    /// <param name="Method">The HTTP method, in capitals.</param>
    /// <param name="Version"><c>v1.0</c> or <c>beta</c>.</param>
    /// <param name="Path">The path below the version, beginning with a slash, parts escaped.</param>
    /// <param name="Body">The body, or <see langword="null"/> for none.</param>
    public sealed record GraphRequest(string Method, string Version, string Path, JsonNode? Body) : StepAction;

    /// <summary>Something a person does, because no interface does it; the step's portal texts say how.</summary>
    public sealed record Manual : StepAction;
}
