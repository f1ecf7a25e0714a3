using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>Reads single values of the tenant, freshly each time.</summary>
internal sealed class TenantView(IReadOnlyList<ITenantReader> readers, Submission submission)
{
    /// <summary>Reads answers; whatever goes wrong becomes a failed answer.</summary>
    public async Task<TenantAnswers> ReadAsync(IEnumerable<string> answers, CancellationToken cancellationToken)
    {
        var read = TenantAnswers.None;
        foreach (var group in answers.Distinct(StringComparer.Ordinal).GroupBy(ReaderOf))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var names = group.ToList();
            if (group.Key is null)
            {
                read = read.With(names.Select(name => TenantAnswer.Failed(name, $"Nothing here can read {name}.", name, null)));
                continue;
            }

            try
            {
                read = read.With(await group.Key.ReadAsync(submission, names, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // The one broad catch around a read: an answer that broke is an unknown value, not an unknown run.
                var why = $"The read broke: {SecretMask.Mask(error.Message)}";
                read = read.With(names.Select(name => TenantAnswer.Failed(name, why, name, null)));
            }
        }

        return read;
    }

    public async Task<Sighting> SeeAsync(Observation observation, CancellationToken cancellationToken) =>
        See(await ReadAsync([observation.Answer], cancellationToken).ConfigureAwait(false), observation);

    public Sighting See(TenantAnswers answers, Observation observation)
    {
        var value = ObservedValues.Read(answers, submission, observation);
        return value.IsKnown ? new(true, value.Value, null) : Sighting.Unknown(value.Reason!);
    }

    public static bool Satisfies(JsonNode? now, JsonNode? wanted) => ObservedValues.Satisfies(now, wanted);

    private ITenantReader? ReaderOf(string answer) => readers.FirstOrDefault(reader => reader.CanRead(answer));
}
