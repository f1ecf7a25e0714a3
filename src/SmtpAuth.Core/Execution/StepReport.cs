using System.Text.Json.Nodes;

namespace SmtpAuth.Execution;

/// <summary>What became of one step of a run.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Operation">Its operation.</param>
/// <param name="Target">What it changes, for a person.</param>
/// <param name="State">How far it got.</param>
/// <param name="Before">The value read before the write, or planned where nothing was read.</param>
/// <param name="After">The value the step wants.</param>
/// <param name="Why">Why it got no further, or <see langword="null"/> where there is nothing to say.</param>
public sealed record StepReport(
    string StepId, string Operation, string Target, StepState State, JsonNode? Before, JsonNode? After, string? Why);
