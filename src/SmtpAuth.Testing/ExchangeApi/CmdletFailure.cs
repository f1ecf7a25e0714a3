namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>A cmdlet refused; the service turns it into Exchange's error envelope.</summary>
internal sealed class CmdletFailure(string type, string message, string summary = "Error executing cmdlet", string code = "") : Exception(message)
{
    public string Type => type;

    public string Summary => summary;

    /// <summary>Gets the part before the first bar; empty for most.</summary>
    public string Code => code;

    /// <summary>Gets a value indicating whether the parameters could not be bound; those errors come without details.</summary>
    public bool IsBinding => type.EndsWith("ParameterBindingException", StringComparison.Ordinal);

    public bool IsNotFound => type.EndsWith("NotFoundException", StringComparison.Ordinal);

    public static CmdletFailure NotFound(string identity) => new(
        "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
        $"The operation couldn't be performed because object '{identity}' couldn't be found on 'AM0PR01A001DC05.EURPR01A001.PROD.OUTLOOK.COM'.",
        "Invalid Operation",
        "Ex6F9304");

    public static CmdletFailure Ambiguous(string identity) => new(
        "Microsoft.Exchange.Configuration.Tasks.ManagementObjectAmbiguousException",
        $"The operation couldn't be performed because '{identity}' matches multiple entries.",
        "Invalid Operation",
        "Ex3B4C6F");

    public static CmdletFailure ParameterSet() => new(
        "System.Management.Automation.AmbiguousParameterSetException",
        "Parameter set cannot be resolved using the specified named parameters.",
        "Invalid cmdlet parameters specified.");

    public static CmdletFailure Missing(string parameter) => new(
        "System.Management.Automation.ParameterBindingException",
        $"Cannot process command because of one or more missing mandatory parameters: {parameter}.");

    public static CmdletFailure Transformation(string parameter, string value, string target) => new(
        "System.Management.Automation.ParameterBindingException",
        $"Cannot process argument transformation on parameter '{parameter}'. Cannot convert value \"{value}\" to type \"{target}\".");

    public static CmdletFailure Exists(string name) => new(
        "Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
        $"The name \"{name}\" is already being used. Please try another name.");

    public static CmdletFailure Dehydrated() => new(
        "Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException",
        "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization.");

    public static CmdletFailure Invalid(string message) =>
        new("Microsoft.Exchange.Configuration.Tasks.TaskInvalidOperationException", message);
}
