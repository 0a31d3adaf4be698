#:project ../src/Golgi/Golgi.csproj

// Trains a small network on drawn digits and makes the pictures that three of its classes want to see.
using Golgi.Data;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Native;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

NativeRepairs.Apply();
using var data = DataCatalog.Open("strokes:1000");
using var network = ModelCatalog.Build("cnn-small", data.InputShape, data.ClassNames.Count, null, seed: 1);
using var adam = optim.Adam(network.parameters(), 1e-3);
var random = new Philox(1).Reader();
for (int step = 0; step < 60; step++)
{
    using var scope = NewDisposeScope();
    var batch = tensor(Enumerable.Range(0, 32).Select(_ => (long)random.Next((int)data.Train.Count)).ToArray());
    adam.zero_grad();
    var inputs = data.Preprocessing.Apply(data.Train.Read(batch));
    nn.functional.cross_entropy(network.call(inputs), data.Train.Labels.index_select(0, batch)).backward();
    adam.step();
}

using var specimen = new Specimen("mine", network, data.InputShape, data.Preprocessing, data.ClassNames);
using var made = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 7), new VisualizationOptions { Steps = 48, Seed = 1 });
foreach (var found in made.Found)
{
    Console.WriteLine($"{found.Name}: logit {found.StartActivation:0.0} on gray noise, {found.Activation:0.0} on its picture, rank {found.Rank}");
}

new ContactSheet { Scale = 4 }.Save(made.Pictures, Path.Combine(Path.GetTempPath(), "golgi-samples", "see.png"));
