using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>Makes an inference plan of a plan.</summary>
internal sealed class InferenceCompiler
{
    // Pixels in the window of a pool; torch takes larger ones.
    private const int MostPooled = 1024;

    private readonly Plan plan;
    private readonly Dictionary<int, Step[]> readers;
    private readonly HashSet<Step> done = [];
    private readonly List<FastStep> steps = [];
    private readonly List<FastConvolution> convolutions = [];

    private InferenceCompiler(Plan plan)
    {
        this.plan = plan;
        readers = plan.Steps.SelectMany(step => step.Inputs.Where(slot => slot >= 0).Distinct().Select(slot => (slot, step)))
            .GroupBy(read => read.slot).ToDictionary(group => group.Key, group => group.Select(read => read.step).ToArray());
    }

    /// <summary>The inference plan; null where nothing would be gained: no convolution that it can do, or a processor without the vectors.</summary>
    public static InferencePlan? Compile(Plan plan)
    {
        if (!ConvolutionKernel.IsSupported) return null;
        var compiler = new InferenceCompiler(plan);
        foreach (var step in plan.Steps) compiler.Add(step);
        if (compiler.convolutions.Count == 0) return null;
        compiler.Release();
        return new InferencePlan(plan, compiler.steps, compiler.convolutions);
    }

    private void Add(Step step)
    {
        if (!done.Add(step)) return;
        if (step.Layer is Conv2d layer && Convolution(step, layer)) return;
        var (kernel, last) = Kernel(step);
        if (kernel is null)
        {
            steps.Add(new FastStep(null, [], -1, step));
            return;
        }

        steps.Add(new FastStep(kernel, [.. step.Inputs.Where(slot => slot >= 0)], last.Outputs[0]));
    }

    private (MapKernel? Kernel, Step Last) Kernel(Step step)
    {
        switch (step.Node.Operator)
        {
            case "Relu": return (Rectify, step);
            case "Dropout" when step.Inputs.Length == 1 && step.Outputs.Skip(1).All(IsUnread): return ((x, _) => x[0], step);
            case "MaxPool" when step.Layer is MaxPool2d pool && pool.ceil_mode == false: return (MaxPool(Shape(pool)), step);
            case "GlobalAveragePool": return (Average, step);
            case "Concat" when step.Node.Attributes.TryGetValue("axis", out var axis) && axis.Integer is 1 && step.Weights.Count == 0:
                return (Concat, step);
            case "Add" when step.Weights.Count == 0 && step.Inputs.All(slot => slot >= 0 && !plan.Constants.ContainsKey(slot)):
                var relu = Only(step, "Relu");
                if (relu is not null) done.Add(relu);
                return (Add(relu is null ? float.NegativeInfinity : 0), relu ?? step);
            default: return (null, step);
        }
    }

    private bool Convolution(Step step, Conv2d layer)
    {
        if (layer.groups != 1 || layer.padding is not [var top, var left] || layer.padding_mode != TorchSharp.PaddingModes.Zeros) return false;
        var sources = new List<Func<Tensor>> { step.Weights[1] };
        bool hasBias = step.Weights.ContainsKey(2);
        if (hasBias) sources.Add(step.Weights[2]);
        double epsilon = 0;
        var last = step;
        if (Only(last, "BatchNormalization") is { Layer: BatchNorm2d norm } normalization)
        {
            for (int i = 1; i <= 4; i++) sources.Add(normalization.Weights[i]);
            epsilon = norm.eps;
            done.Add(last = normalization);
        }

        var relu = Only(last, "Relu");
        if (relu is not null) done.Add(last = relu);
        var kernel = layer.weight!.shape;
        var shape = new ConvolutionShape(
            ((int)kernel[2], (int)kernel[3]), ((int)layer.stride[0], (int)layer.stride[1]), ((int)top, (int)left),
            ((int)layer.dilation[0], (int)layer.dilation[1]));
        var convolution = new FastConvolution(shape, sources, hasBias, epsilon, relu is not null);
        convolutions.Add(convolution);
        int output = last.Outputs[0];
        steps.Add(Destination(output) is var (target, first, channels)
            ? new FastStep((x, run) => Part(convolution, x[0], run, target, first, channels), [step.Inputs[0]], -1)
            : new FastStep((x, run) => Whole(convolution, x[0], run), [step.Inputs[0]], output));
        return true;
    }

    // Where a concatenation of convolutions' outputs takes this one: its slot, the first channel, and all its channels.
    private (int Slot, int First, int Channels)? Destination(int output)
    {
        if (Reader(output) is not { Node.Operator: "Concat" } concat || Kernel(concat).Kernel is null) return null;
        int[] channels = [.. concat.Inputs.Select(ChannelsOf)];
        if (channels.Contains(0) || concat.Inputs.Distinct().Count() < channels.Length) return null;
        done.Add(concat);
        int place = Array.IndexOf(concat.Inputs, output);
        return (concat.Outputs[0], channels[..place].Sum(), channels.Sum());
    }

    // The channels of a value that a convolution makes for one reader only, rectified or not; else 0.
    private int ChannelsOf(int slot)
    {
        if (slot < 0 || Reader(slot) is null) return 0;
        var maker = plan.Steps.FirstOrDefault(step => step.Outputs.Contains(slot));
        while (maker is { Node.Operator: "Relu" or "BatchNormalization" })
        {
            slot = maker.Inputs[0];
            if (Reader(slot) is null) return 0;
            maker = plan.Steps.FirstOrDefault(step => step.Outputs.Contains(slot));
        }

        return maker is { Layer: Conv2d { groups: 1, padding.Length: 2 } layer } ? (int)layer.weight!.shape[0] : 0;
    }

    private Step? Only(Step step, string reader) =>
        Reader(step.Outputs[0]) is { } next && next.Node.Operator == reader && next.Inputs[0] == step.Outputs[0] ? next : null;

    private bool IsUnread(int slot) => slot < 0 || (!readers.ContainsKey(slot) && !plan.Outputs.Contains(slot));

    // The one step that reads a value, if nobody else wants it.
    private Step? Reader(int slot) => readers.TryGetValue(slot, out var all) && all is [var only] && !plan.Outputs.Contains(slot) ? only : null;

    private void Release()
    {
        var last = new Dictionary<int, FastStep>();
        foreach (var step in steps)
        {
            var read = step.Plain is { } plain ? plain.Inputs.Concat(plain.Outputs) : step.Inputs.Append(step.Output);
            foreach (int slot in read.Where(slot => slot >= 0)) last[slot] = step;
        }

        foreach (var group in last.Where(entry => !plan.Outputs.Contains(entry.Key)).GroupBy(entry => entry.Value))
        {
            group.Key.Release = [.. group.Select(entry => entry.Key)];
        }
    }

    private static FeatureMap? Whole(FastConvolution convolution, FeatureMap x, InferenceRun run)
    {
        if (convolution.OutputOf(x) is not var (rows, columns)) return null;
        var y = run.Pool.Rent(x.Batch, rows, columns, convolution.Outputs);
        convolution.Run(x, y, 0, run);
        return y;
    }

    private static FeatureMap? Part(FastConvolution convolution, FeatureMap x, InferenceRun run, int target, int first, int channels)
    {
        if (convolution.OutputOf(x) is not var (rows, columns) || run.Shared(target, x.Batch, rows, columns, channels) is not { } y) return null;
        convolution.Run(x, y, first, run);
        return y;
    }

    private static FeatureMap Like(FeatureMap x, InferenceRun run) => run.Pool.Rent(x.Batch, x.Height, x.Width, x.Channels);

    private static FeatureMap Rectify(FeatureMap[] x, InferenceRun run)
    {
        var y = Like(x[0], run);
        MapOperations.Rectify(x[0], y, run.Team);
        return y;
    }

    private static FeatureMap Average(FeatureMap[] x, InferenceRun run)
    {
        var y = run.Pool.Rent(x[0].Batch, 1, 1, x[0].Channels);
        MapOperations.GlobalAverage(x[0], y, run.Team);
        return y;
    }

    private static FeatureMap? Concat(FeatureMap[] x, InferenceRun run)
    {
        if (x.Any(part => (part.Batch, part.Height, part.Width) != (x[0].Batch, x[0].Height, x[0].Width))) return null;
        var y = run.Pool.Rent(x[0].Batch, x[0].Height, x[0].Width, x.Sum(part => part.Channels));
        int first = 0;
        foreach (var part in x)
        {
            MapOperations.Place(part, y, first, run.Team);
            first += part.Channels;
        }

        return y;
    }

    private static MapKernel Add(float floor) => (x, run) =>
    {
        if (x is not [var a, var b] || !a.HasShapeOf(b)) return null;
        var y = Like(a, run);
        MapOperations.Add(a, b, y, floor, run.Team);
        return y;
    };

    private static MapKernel MaxPool(ConvolutionShape shape) => (x, run) =>
    {
        var (rows, columns) = shape.Output(x[0].Height, x[0].Width);
        if (rows < 1 || columns < 1 || (long)shape.Kernel.Rows * shape.Kernel.Columns > MostPooled) return null;
        var y = run.Pool.Rent(x[0].Batch, rows, columns, x[0].Channels);
        MapOperations.MaxPool(x[0], y, shape, run.Team);
        return y;
    };

    private static ConvolutionShape Shape(MaxPool2d pool)
    {
        var kernel = Pair(pool.kernel_size, (1, 1));
        return new ConvolutionShape(kernel, Pair(pool.stride, kernel), Pair(pool.padding, (0, 0)), Pair(pool.dilation, (1, 1)));
    }

    private static (int, int) Pair(long[]? values, (int, int) missing) =>
        values is null or [] ? missing : ((int)values[0], (int)values[^1]);
}
