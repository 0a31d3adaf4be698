using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;
using Golgi.Native;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>One replicate of a search: its levels, each a run of its own, depend on each other and are trained in turn.</summary>
/// <param name="blueprint">The network and its data.</param>
/// <param name="options">How tickets are looked for.</param>
/// <param name="seed">The replicate's seed.</param>
public sealed class ChainJob(Blueprint blueprint, TicketOptions options, long seed) : Job<ChainResult>
{
    private DataSet? owned;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-chain", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}-seed{seed}";

    /// <inheritdoc/>
    public override JsonObject Options => options.Describe(blueprint, [seed]);

    /// <inheritdoc/>
    /// <remarks>A criterion of the user's own lives in this process.</remarks>
    public override JsonObject? Request => MaskCriterion.All.Contains(options.Criterion) ? blueprint.Request(options, seed) : null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    /// <summary>The job of a request, which opens its data.</summary>
    /// <returns>The caller disposes it.</returns>
    public static ChainJob Make(JsonObject request, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(workspace);
        var (blueprint, options, seed) = Blueprint.Open<TicketOptions>(request, workspace);
        return new ChainJob(blueprint, options, seed) { owned = blueprint.Data };
    }

    /// <inheritdoc/>
    public override ChainResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var threads = new ThreadScope(options.Recipe.Threads);
        int trainings = 1 + (options.Rounds * (1 + options.Controls.Count));
        using var chain = new TicketChain(blueprint, options, seed, context, trainings);
        return new ChainResult(chain.Run());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        owned?.Dispose();
        base.Dispose();
    }
}
