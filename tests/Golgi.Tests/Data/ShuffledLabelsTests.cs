using Golgi.Data;
using Golgi.Jobs;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data;

public sealed class ShuffledLabelsTests
{
    [Fact]
    public void Training_labels_change_places_and_all_else_stays()
    {
        using var plain = DataCatalog.Open("strokes:400");
        using var shuffled = DataCatalog.Open("strokes:400", new DataOptions { Labels = TrainingLabels.Shuffled });
        Assert.True(plain.Train.Labels.bincount(null, 10).Equals(shuffled.Train.Labels.bincount(null, 10)));
        double kept = plain.Train.Labels.eq(shuffled.Train.Labels).to(ScalarType.Float32).mean().item<float>();
        Assert.InRange(kept, 0.02, 0.25); // one in ten by chance
        Assert.True(plain.Test.Labels.Equals(shuffled.Test.Labels));
        Assert.True(plain.Validation.Labels.Equals(shuffled.Validation.Labels));
        using var first = tensor(new[] { 0L, 7L });
        Assert.True(plain.Train.Read(first).Equals(shuffled.Train.Read(first)));
        Assert.NotEqual(plain.Identity, shuffled.Identity);
    }

    [Fact]
    public void A_recipe_with_shuffled_labels_is_another_run()
    {
        var recipe = new TrainingRecipe { Data = "strokes:400", Model = "softmax" };
        var other = recipe with { Labels = TrainingLabels.Shuffled };
        using var data = DataCatalog.Open(recipe.Data, recipe.DataOptions());
        using var shuffled = DataCatalog.Open(recipe.Data, other.DataOptions());
        Assert.NotEqual(new TrainJob(recipe, data).Configuration.Name, new TrainJob(other, shuffled).Configuration.Name);
        Assert.Null(new TrainJob(recipe, data).Configuration.Options["labels"]); // runs keep the names that they had
    }
}
