using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>What a turn of training sees. Borrowed: gone when the step is over.</summary>
/// <param name="Inputs">Prepared, float32 [n, ...].</param>
/// <param name="Targets">As the examples have them, [n, ...].</param>
/// <param name="Step">Steps taken before this one.</param>
/// <param name="Seed">Of the training.</param>
/// <param name="Repetition">Which of the turn's repetitions within the step, from 0.</param>
public sealed record TrainingBatch(Tensor Inputs, Tensor Targets, long Step, ulong Seed, int Repetition)
{
    private const ulong NoiseStream = 0x4E01_5E00_0000_0000;

    /// <summary>Standard normal numbers that depend on seed, step, repetition and draw alone: a resumed training sees the same.</summary>
    /// <param name="draw">Which draw; turns that ask for different numbers name different draws.</param>
    /// <param name="shape">Of the result.</param>
    /// <returns>float32, on the device of <see cref="Inputs"/>, in the step's dispose scope.</returns>
    public Tensor Normal(int draw, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        float[] numbers = new float[shape.Aggregate(1L, (product, side) => product * side)];
        var key = Philox.Block(((uint)Step, (uint)(Step >> 32), (uint)draw, (uint)Repetition), ((uint)Seed, (uint)(Seed >> 32)));
        new Philox(((ulong)key.Y << 32) | key.X, NoiseStream).FillNormal(numbers);
        return tensor(numbers, shape).to(Inputs.device);
    }
}
