using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Scores;

/// <summary>Asks a network which classes it sees in pictures that were made for another one.</summary>
/// <remarks>The network that a picture was made for always says yes; whether the picture shows the class, only a
/// network that had
/// no part in it can say. The further apart the two are in family and training, the higher the bar.</remarks>
public static class PictureJudge
{
    /// <summary>Ranks each picture's class.</summary>
    /// <param name="judge">The network; borrowed, left as it was.</param>
    /// <param name="pictures">Raw pictures, 0 to 255, each [C, H, W]. Borrowed. A judge of gray pictures sees their
    /// mean channel; any other sees a gray picture in each of its channels.</param>
    /// <param name="classes">The class of each, an output of the judge.</param>
    /// <param name="size">Height and width in which the judge sees them; null: its own input.</param>
    /// <exception cref="ArgumentException">There is no such class, or not one class for each picture.</exception>
    public static PictureVerdict Ask(
        Specimen judge, IReadOnlyList<Tensor> pictures, IReadOnlyList<long> classes, (long Height, long Width)? size = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(classes);
        if (pictures.Count != classes.Count)
        {
            throw new ArgumentException(
                $"{pictures.Count} pictures and {classes.Count} classes are given; each picture has one class.",
                nameof(classes));
        }

        var logits = LogitSource.Find(judge);
        foreach (long item in classes) Check.InRange(item, 0, logits.Classes - 1, nameof(classes));
        var (height, width) = size ?? (judge.InputShape[^2], judge.InputShape[^1]);
        using var frozen = new FrozenSpecimen(judge, logits.Layers);
        using var _ = no_grad();
        return new PictureVerdict([.. pictures.Zip(classes, Rank)]);

        long Rank(Tensor picture, long wanted)
        {
            using var scope = NewDisposeScope();
            var shown = Resample.To(picture.unsqueeze(0).to(ScalarType.Float32), height, width);
            if (judge.InputShape[0] == 1) shown = shown.mean([1], keepdim: true);
            else if (shown.shape[1] == 1) shown = shown.expand(-1, judge.InputShape[0], -1, -1);
            var values = logits.Read(frozen.Look(shown))[0];
            return values.gt(values[wanted]).sum().item<long>() + 1;
        }
    }
}
