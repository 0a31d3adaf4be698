#:project ../src/Golgi/Golgi.csproj

// Takes an ONNX file as a module of named layers: gradients to the input, a weight changed, a few steps of training, and back to a file.
using Golgi.Interchange.Onnx;
using Golgi.Native;
using Golgi.Networks.Catalog;
using static TorchSharp.torch;

NativeRepairs.Apply();
string path = Path.Combine(Path.GetTempPath(), $"golgi-import-{Environment.ProcessId}.onnx");
using (var made = ModelCatalog.Build("lenet5", [1, 28, 28], 10, initialization: null, seed: 1)) OnnxExporter.Export(path, made, [1, 28, 28]);

using var network = OnnxImporter.Import(path);
Console.WriteLine(string.Join(", ", network.named_children().Select(layer => layer.name)));

using var images = rand(16, 1, 28, 28).requires_grad_();
network.call(images).select(1, 3).sum().backward();
Console.WriteLine($"what would raise class 3 most changes {images.grad!.abs().gt(0).sum().item<long>()} pixels");

using var optimizer = optim.SGD(network.parameters(), 0.1);
using var labels = arange(16).remainder(10);
for (int step = 0; step < 3; step++)
{
    using var scope = NewDisposeScope();
    optimizer.zero_grad();
    var loss = nn.functional.cross_entropy(network.call(images), labels);
    loss.backward();
    optimizer.step();
    Console.WriteLine($"step {step}: loss {loss.item<float>():0.000}");
}

OnnxExporter.Export(path, network, network.InputShape);
Console.WriteLine($"written again: {new FileInfo(path).Length:N0} bytes");
File.Delete(path);
