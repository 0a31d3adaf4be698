using static TorchSharp.torch;

namespace Golgi.Ascent.Steps;

/// <summary>A rule that remembers nothing.</summary>
internal sealed class MemorylessStepper(Action<Tensor, Tensor, double> move) : Stepper
{
    public override void Move(Tensor coordinates, Tensor drift, double fraction) => move(coordinates, drift, fraction);

    public override void Dispose()
    {
    }

    /// <summary>One value per picture, shaped to scale the picture: [N, 1, ...].</summary>
    internal static Tensor PerPicture(Tensor values, Tensor like) =>
        values.view([values.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}
