using System.Text.RegularExpressions;
using Golgi.Interchange.Onnx;
using Golgi.Tensors;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

/// <summary>Gradients of imported networks, to inputs and weights, are those of PyTorch on the same network.</summary>
public sealed class ImportedGradientTests : IDisposable
{
    // The published ResNet-20 for CIFAR-10: shortcuts take every second pixel and pad channels with zeros.
    private const string Residual = """
        import sys, torch, numpy as np, torch.nn as nn, torch.nn.functional as F
        class Block(nn.Module):
            def __init__(s, i, o, stride):
                super().__init__()
                s.conv1 = nn.Conv2d(i, o, 3, stride, 1, bias=False); s.bn1 = nn.BatchNorm2d(o)
                s.conv2 = nn.Conv2d(o, o, 3, 1, 1, bias=False); s.bn2 = nn.BatchNorm2d(o); s.o = o
            def forward(s, x):
                y = s.bn2(s.conv2(F.relu(s.bn1(s.conv1(x)))))
                if y.shape != x.shape: x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, s.o // 4, s.o // 4))
                return F.relu(y + x)
        class Net(nn.Module):
            def __init__(s):
                super().__init__()
                s.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False); s.bn1 = nn.BatchNorm2d(16)
                s.layer1 = nn.Sequential(*[Block(16, 16, 1) for _ in range(3)])
                s.layer2 = nn.Sequential(Block(16, 32, 2), Block(32, 32, 1), Block(32, 32, 1))
                s.layer3 = nn.Sequential(Block(32, 64, 2), Block(64, 64, 1), Block(64, 64, 1))
                s.linear = nn.Linear(64, 10)
            def forward(s, x):
                x = s.layer3(s.layer2(s.layer1(F.relu(s.bn1(s.conv1(x))))))
                return s.linear(x.mean((2, 3)))
        net = Net().eval()
        state = torch.load(sys.argv[1], map_location='cpu')['state_dict']
        net.load_state_dict({k.replace('module.', ''): v for k, v in state.items()}, strict=False)
        """;

    // A little of everything that transformers, generators and classifiers are made of.
    private const string Mixed = """
        import sys, torch, numpy as np, torch.nn as nn, torch.nn.functional as F
        torch.manual_seed(4)
        class Net(nn.Module):
            def __init__(s):
                super().__init__()
                s.patch = nn.Conv2d(3, 24, 4, 4); s.norm = nn.LayerNorm(24); s.qkv = nn.Linear(24, 72); s.out = nn.Linear(24, 24)
                s.mlp1 = nn.Linear(24, 48); s.mlp2 = nn.Linear(48, 24); s.up = nn.ConvTranspose2d(24, 8, 4, 2, 1)
                s.inst = nn.InstanceNorm2d(8, affine=True); s.slope = nn.PReLU(8); s.head = nn.Linear(8, 10)
            def forward(s, x):
                t = s.patch(x).flatten(2).transpose(1, 2)
                q, k, v = s.qkv(s.norm(t)).reshape(2, 64, 3, 2, 12).permute(2, 0, 3, 1, 4).unbind(0)
                a = torch.softmax(q @ k.transpose(-1, -2) / 12 ** 0.5, -1) @ v
                t = t + s.out(a.transpose(1, 2).reshape(2, 64, 24))
                t = t + s.mlp2(F.gelu(s.mlp1(t)))
                y = s.slope(s.inst(s.up(t.transpose(1, 2).reshape(2, 24, 8, 8))))
                return s.head(F.adaptive_avg_pool2d(y * torch.sigmoid(y), 1).flatten(1))
        net = Net().eval()
        torch.onnx.export(net, torch.zeros(2, 3, 32, 32), sys.argv[1], opset_version=16, input_names=['x'], do_constant_folding=False)
        """;

    // A loss whose gradient is not uniform, on inputs that both sides compute alike.
    private const string Gradients = """
        n = int(sys.argv[3])
        x = (torch.arange(n * 3 * 32 * 32, dtype=torch.float64) * 0.7).sin().float().reshape(n, 3, 32, 32).requires_grad_()
        net(x).mul(torch.arange(10.0).sub(4.5)).pow(2).mean().backward()
        np.savez(sys.argv[2], **{'input.x': x.grad.numpy()}, **{k: p.grad.numpy() for k, p in net.named_parameters()})
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("golgi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Speed", "Slow")]
    public void Of_the_trained_resnet20()
    {
        string file = Path.Combine(folder, "gradients.npz");
        Python.Run(Residual + "\n" + Gradients, SharedModels.Path("resnet20-12fca82f.th"), file, "4");
        Compare(SharedModels.Path("resnet20_cifar10.onnx"), file, 4, expected: 59);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Of_attention_normalizations_and_transposed_convolutions()
    {
        string model = Path.Combine(folder, "mixed.onnx"), file = Path.Combine(folder, "gradients.npz");
        Python.Run(Mixed + "\n" + Gradients, model, file, "2");
        Compare(model, file, 2, expected: 19);
    }

    private static void Compare(string model, string file, int count, int expected)
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(model);
        using var theirs = Npy.ReadArchive(file);
        var x = (arange(count * 3 * 32 * 32, ScalarType.Float64) * 0.7).sin().to(ScalarType.Float32).reshape(count, 3, 32, 32).requires_grad_();
        network.call(x).mul(arange(10, ScalarType.Float32).sub(4.5)).pow(2).mean().backward();
        Agree("input", theirs["input.x"], x.grad!, 0);
        double largest = theirs.Tensors.Max(entry => entry.Tensor.abs().max().item<float>());
        int compared = 0;
        foreach (var (name, parameter) in network.named_parameters())
        {
            var gradient = theirs[OwnerOf(name)];
            var ours = parameter.grad!.squeeze(); // ONNX keeps a slope for each channel as [channels, 1, 1]
            Agree(name, gradient.squeeze(), gradient.squeeze().shape.SequenceEqual(ours.shape) ? ours : ours.t(), 1e-3 * largest);
            compared++;
        }

        Assert.Equal(theirs.Names.Count - 1, compared);
        Assert.Equal(expected, compared);
    }

    // PyTorch's exporter makes nodes of their own of some biases and scales, which are then layers: "qkv_2.bias", "norm.Add_1.bias".
    private static string OwnerOf(string name) => Regex.Replace(name, @"(_\d+)?(\.Add_\d+)?(?=\.(weight|bias)$)", "");

    // The gradient of a bias before a normalization is 0 but for float32's rounding of the others: 1e-7 of the largest.
    private static void Agree(string name, Tensor expected, Tensor actual, double leastScale)
    {
        Assert.Equal(expected.shape, actual.shape);
        double scale = Math.Max(leastScale, expected.abs().max().item<float>()), error = (expected - actual).abs().max().item<float>();
        Assert.True(error <= 1e-4 * scale, $"{name}: largest difference {error} at scale {scale}");
    }
}
