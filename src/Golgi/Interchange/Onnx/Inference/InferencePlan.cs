using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>A plan for results alone: no gradients, no training, nobody watching. Convolutions run on maps with channels side by
/// side and packed weights, what follows them is done before they are written, and parts of a concatenation are written in place.</summary>
internal sealed class InferencePlan(Plan plan, IReadOnlyList<FastStep> steps, IReadOnlyList<FastConvolution> convolutions) : IDisposable
{
    private readonly nn.Module<Tensor, Tensor>[] layers = [.. plan.Steps.Select(step => step.Layer).OfType<nn.Module<Tensor, Tensor>>()];
    // The largest first, so that threads end together.
    private readonly FastConvolution[] largestFirst = [.. convolutions.OrderByDescending(convolution => convolution.Size)];
    private BufferPool? spare;

    /// <summary>Runs the graph, if that is possible now.</summary>
    /// <param name="given">One per input; borrowed.</param>
    /// <returns>One per output, the caller owns them; null where the plain plan has to do it, or to say what is wrong.</returns>
    public Tensor?[]? TryRun(Tensor?[] given)
    {
        if (is_grad_enabled() || layers.Any(layer => layer.training || LayerHooks.Any(layer))) return null;
        using var scope = NewDisposeScope();
        int threads = get_num_threads();
        var pool = Interlocked.Exchange(ref spare, null) ?? new BufferPool();
        try
        {
            using var team = WorkTeam.Open(threads);
            if (!Refresh(team)) return null;
            using var run = new InferenceRun(plan.Values([.. given.Select(value => value?.contiguous())]), plan.Borrowed, team, threads, pool);
            return steps.All(step => Run(step, run)) ? [.. plan.Outputs.Select(slot => run.Take(slot)?.MoveToOuterDisposeScope())] : null;
        }
        finally
        {
            pool.Trim();
            if (Interlocked.CompareExchange(ref spare, pool, null) is not null) pool.Dispose();
        }
    }

    public void Dispose() => Interlocked.Exchange(ref spare, null)?.Dispose();

    private bool Refresh(WorkTeam team)
    {
        int packed = 0;
        team.Run(largestFirst.Length, i =>
        {
            if (largestFirst[i].Refresh()) Interlocked.Increment(ref packed);
        });
        return packed == largestFirst.Length;
    }

    private static bool Run(FastStep step, InferenceRun run)
    {
        if (step.Plain is { } plain)
        {
            foreach (int slot in plain.Inputs.Where(slot => slot >= 0)) run.Tensor(slot);
            Plan.Run(plain, run.Tensors, training: false);
        }
        else
        {
            FeatureMap?[] inputs = [.. step.Inputs.Select(run.Map)];
            if (inputs.Contains(null) || step.Kernel!(inputs!, run) is not { } output) return false;
            if (step.Output >= 0) run.Set(step.Output, output);
        }

        foreach (int slot in step.Release) run.Release(slot);
        return true;
    }
}
