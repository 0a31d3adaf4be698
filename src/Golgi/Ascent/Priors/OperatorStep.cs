using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>What an operator may know of the step that it follows.</summary>
/// <param name="Index">The step's number in its phase, from 0.</param>
/// <param name="Total">The phase's steps.</param>
/// <param name="Gradient">The objective's gradient before the step, [N, C, H, W].</param>
/// <param name="Mean">The mean picture's raw level, [1, C, 1, 1].</param>
public sealed record OperatorStep(int Index, int Total, Tensor Gradient, Tensor Mean)
{
    /// <summary>How far the phase is: 0 in its first step, 1 in its last.</summary>
    public double Fraction => Total > 1 ? (double)Index / (Total - 1) : 1;
}
