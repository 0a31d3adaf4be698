using System.Text.Json;
using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Optimizers;

public sealed class OptimizerTests
{
    private const int Size = 19; // not a multiple of any vector width
    private const int Steps = 100;

    // The same problem in PyTorch: gradient of step t at x is 0.5 x + cos(t + i), starting at x_i = sin(i).
    private const string Script = """
        import json, math, sys, torch
        x = torch.nn.Parameter(torch.tensor([math.sin(i) for i in range(19)]))
        optimizer = eval(sys.argv[1], {"x": x, "torch": torch})
        rows = []
        for t in range(100):
            x.grad = 0.5 * x.detach() + torch.tensor([math.cos(t + i) for i in range(19)])
            optimizer.step()
            rows.append(x.detach().tolist())
        print(json.dumps(rows))
        """;

    public static TheoryData<string, string> Cases => new()
    {
        { "sgd", "torch.optim.SGD([x], lr=0.1)" },
        { "sgd momentum", "torch.optim.SGD([x], lr=0.05, momentum=0.9)" },
        { "sgd nesterov decay", "torch.optim.SGD([x], lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)" },
        { "adam", "torch.optim.Adam([x], lr=0.01)" },
        { "adam decay", "torch.optim.Adam([x], lr=0.01, betas=(0.8, 0.99), weight_decay=0.1)" },
        { "adamw", "torch.optim.AdamW([x], lr=0.01, weight_decay=0.1)" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_agrees_with_PyTorch(string name, string python)
    {
        float[][] expected = JsonSerializer.Deserialize<float[][]>(Python.Run(Script, python))!;
        using var x = tensor(Enumerable.Range(0, Size).Select(i => (float)Math.Sin(i)).ToArray());
        using var gradient = zeros_like(x);
        using var optimizer = Create(name, x, gradient);
        for (int t = 0; t < Steps; t++)
        {
            Advance(optimizer, x, gradient, t);
            float[] actual = x.data<float>().ToArray();
            for (int i = 0; i < Size; i++) Assert.Equal(expected[t][i], actual[i], 1e-6 * Math.Max(1, Math.Abs(expected[t][i])));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_restored_optimizer_continues_bit_for_bit(string name, string python)
    {
        Assert.NotEmpty(python);
        using var x = tensor(Enumerable.Range(0, Size).Select(i => (float)Math.Sin(i)).ToArray());
        using var gradient = zeros_like(x);
        using var optimizer = Create(name, x, gradient);
        for (int t = 0; t < 30; t++) Advance(optimizer, x, gradient, t);

        using var y = x.clone();
        using var otherGradient = zeros_like(x);
        using var twin = Create(name, y, otherGradient);
        foreach (var (mine, theirs) in twin.State.Zip(optimizer.State)) mine.Value.copy_(theirs.Value);
        twin.StateLoaded();
        for (int t = 30; t < 60; t++)
        {
            Advance(optimizer, x, gradient, t);
            Advance(twin, y, otherGradient, t);
        }

        Near.Exact(x, y);
    }

    [Fact]
    public void Adam_by_tensors_and_in_one_pass_agree()
    {
        using var single = tensor(Enumerable.Range(0, Size).Select(i => (float)Math.Sin(i)).ToArray());
        using var wide = single.to(ScalarType.Float64);
        using var singleGradient = zeros_like(single);
        using var wideGradient = zeros_like(wide);
        using var onePass = Create("adam decay", single, singleGradient);
        using var byTensors = Create("adam decay", wide, wideGradient);
        for (int t = 0; t < Steps; t++)
        {
            Advance(onePass, single, singleGradient, t);
            Advance(byTensors, wide, wideGradient, t);
        }

        Near.Equal(wide, single, Near.Single);
    }

    [Fact]
    public void A_step_of_zero_rate_changes_nothing()
    {
        using var x = ones(Size);
        using var gradient = ones(Size);
        using var optimizer = new Sgd(x, gradient, new SgdOptions { LearningRate = 0, Momentum = 0.9 });
        optimizer.Step();
        Near.Exact(ones(Size), x);
    }

    private static void Advance(Optimizer optimizer, Tensor x, Tensor gradient, int t)
    {
        using var scope = NewDisposeScope();
        var wave = tensor(Enumerable.Range(0, Size).Select(i => (float)Math.Cos(t + i)).ToArray());
        gradient.copy_(x.mul(0.5).add(wave));
        optimizer.Step();
    }

    private static Optimizer Create(string name, Tensor x, Tensor gradient) => name switch
    {
        "sgd" => new Sgd(x, gradient, new SgdOptions { LearningRate = 0.1 }),
        "sgd momentum" => new Sgd(x, gradient, new SgdOptions { LearningRate = 0.05, Momentum = 0.9 }),
        "sgd nesterov decay" => new Sgd(
            x, gradient, new SgdOptions { LearningRate = 0.05, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01 }),
        "adam" => new Adam(x, gradient, new AdamOptions { LearningRate = 0.01 }),
        "adam decay" => new Adam(
            x, gradient, new AdamOptions { LearningRate = 0.01, Beta1 = 0.8, Beta2 = 0.99, WeightDecay = 0.1 }),
        _ => new Adam(x, gradient, new AdamOptions { LearningRate = 0.01, WeightDecay = 0.1, Decoupled = true }),
    };
}
