using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Looks for shortcuts: small parts of the picture that decide a class by themselves; see <see cref="ShortcutAudit"/>.</summary>
/// <param name="specimen">The network with its data. Borrowed; it is left as it was.</param>
/// <param name="options">How.</param>
/// <param name="part">In which part of the data.</param>
public sealed class AuditJob(Specimen specimen, ShortcutAuditOptions options, DataPart part = DataPart.Train) : SpecimenJob<AuditResult>(specimen)
{
    private const int Shown = 12;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-audit", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var item = JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();
            item["part"] = part.ToString();
            return item;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no data, the inputs are not pictures, or there is one class only.</exception>
    public override AuditResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var findings = ShortcutAudit.Run(Specimen, Examples(part), options, context.Progress, context.Cancellation);
        return new AuditResult(findings.Count(finding => finding.Suspicious), [.. findings.Take(Shown)], Specimen.ClassNames);
    }
}
