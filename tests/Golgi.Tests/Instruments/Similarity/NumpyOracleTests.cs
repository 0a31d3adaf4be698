using System.Text.Json;
using Golgi.Tensors;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity;

/// <summary>The command on files against numpy, which shares no line with it: every method on every kind of data.</summary>
public sealed class NumpyOracleTests : IDisposable
{
    // Bases by singular value decompositions of the data, n × n kernels, ranks by sorting.
    private const string Script = """
        import json, sys
        import numpy as np
        def basis(x):
            length = np.sqrt((x ** 2).sum(0)); live = length > 1e-11 * np.sqrt(len(x)) * (1 + np.abs(mean))
            u, s, _ = np.linalg.svd(x[:, live] / length[live], full_matrices=False)
            return u[:, s > s[0] * 1e-10]
        def leading(x):
            u, s, _ = np.linalg.svd(x, full_matrices=False); share = np.cumsum(s ** 2) / (s ** 2).sum()
            return u[:, :np.searchsorted(share, 0.99 - 1e-12) + 1]
        def rho(a, b): return np.minimum(1, np.linalg.svd(a.T @ b, compute_uv=False))
        def center(k): k = k - k.mean(0); return k - k.mean(1, keepdims=True)
        def cosine(k, l): return (k * l).sum() / np.sqrt((k * k).sum() * (l * l).sum())
        def hsic(k, l):
            n = len(k); k = k - np.diag(np.diag(k)); l = l - np.diag(np.diag(l)); o = np.ones(n)
            return ((k * l).sum() + o @ k @ o * (o @ l @ o) / ((n - 1) * (n - 2)) - 2 / (n - 2) * (o @ k @ l @ o)) / (n * (n - 3))
        def gauss(x):
            d = np.sqrt(((x[:, None] - x[None]) ** 2).sum(-1)); return np.exp(-d ** 2 / (2 * np.median(d[np.triu_indices(len(x), 1)]) ** 2))
        def ranks(v):
            order = np.argsort(v, kind='stable'); r = np.empty(len(v)); r[order] = np.arange(len(v)); return r
        def apart(x):
            c = np.corrcoef(x); return ranks((1 - c)[np.triu_indices(len(x), 1)])
        folder, result = sys.argv[1], {}
        for kind in sys.argv[2:]:
            x, y = (np.load(f'{folder}/{kind}-{side}.npy') for side in 'xy')
            means = x.mean(0), y.mean(0); a, b = x - means[0], y - means[1]
            mean = means[0]; qa = basis(a); mean = means[1]; qb = basis(b)
            u, r, _ = np.linalg.svd(qa.T @ qb); k = len(r); w = np.abs((qa @ u[:, :k]).T @ a).sum(1)
            result[kind] = {
                'cca': rho(qa, qb).mean(), 'svcca': rho(leading(a), leading(b)).mean(), 'pwcca': (w * r).sum() / w.sum(),
                'cka': cosine(a @ a.T, b @ b.T), 'cka-debiased': hsic(a @ a.T, b @ b.T) / np.sqrt(hsic(a @ a.T, a @ a.T) * hsic(b @ b.T, b @ b.T)),
                'cka-rbf': cosine(center(gauss(x)), center(gauss(y))),
                'procrustes': np.linalg.svd((a / np.linalg.norm(a)).T @ (b / np.linalg.norm(b)), compute_uv=False).sum(),
                'rsa': np.corrcoef(apart(x), apart(y))[0, 1]}
        print(json.dumps(result))
        """;

    private static readonly string[] Methods = ["cca", "svcca", "pwcca", "cka", "cka-debiased", "cka-rbf", "procrustes", "rsa"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-numpy");

    [Fact]
    public void Every_method_agrees_with_numpy_on_every_kind_of_data()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(7, samples: 120, left: 9, right: 6);
        var (wide, other) = Matrices.Related(8, samples: 40, left: 90, right: 60);
        var kinds = new Dictionary<string, (Tensor X, Tensor Y)>
        {
            ["well"] = (x, y),
            ["wide"] = (wide, other),
            ["deficient"] = (x.narrow(1, 0, 4).mm(Matrices.Normal(9, 4, 9)), y),
            ["dead"] = (cat([x, full([120, 3], 0.25, ScalarType.Float64)], 1), y),
            ["scales"] = (x * logspace(-5, 5, 9, dtype: ScalarType.Float64), y * logspace(3, -3, 6, dtype: ScalarType.Float64)),
        };
        foreach (var (kind, pair) in kinds)
        {
            Npy.Write(Path.Combine(folder.FullName, $"{kind}-x.npy"), pair.X);
            Npy.Write(Path.Combine(folder.FullName, $"{kind}-y.npy"), pair.Y);
        }

        var expected = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(
            Python.Run(Script, [folder.FullName, .. kinds.Keys]))!;
        foreach (string kind in kinds.Keys)
        {
            foreach (string method in Methods)
            {
                double found = Value(kind, method);
                Assert.True(Math.Abs(expected[kind][method] - found) < 1e-9, $"{kind}, {method}: numpy {expected[kind][method]:R}, found {found:R}");
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private double Value(string kind, string method)
    {
        string File(string side) => Path.Combine(folder.FullName, $"{kind}-{side}.npy");
        var call = Tool.Call(
            "similarity", "compare", File("x"), File("y"), "--method", method, "--permutations", "0", "--few-samples", "warn", "--json", "--quiet");
        Assert.True(call.ExitCode == 0, $"{kind}, {method}: {call.Error}");
        return JsonDocument.Parse(call.Output).RootElement.GetProperty("value").GetDouble();
    }
}
