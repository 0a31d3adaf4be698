using Golgi.Foundation;

namespace Golgi.Numerics.Clustering;

/// <summary>The steps of <see cref="Tsne"/>: gradient 4 Σ_j (p_ij − q_ij)(y_i − y_j) / (1 + |y_i − y_j|²), momentum and gains.</summary>
internal sealed class TsneDescent
{
    private const int PartCount = 64;
    private const double LeastGain = 0.01;
    private readonly TsneAffinities affinities;
    private readonly TsneOptions options;
    private readonly double rate;
    private readonly double[] gradient, update, gains, forces, normalizers;
    private readonly PointTree tree;

    public TsneDescent(TsneAffinities affinities, double[] start, TsneOptions options)
    {
        this.affinities = affinities;
        this.options = options;
        Positions = start;
        rate = options.LearningRate ?? Math.Max(affinities.Count / options.Exaggeration / 4, 50);
        gradient = new double[start.Length];
        update = new double[start.Length];
        forces = new double[start.Length];
        gains = new double[start.Length];
        Array.Fill(gains, 1);
        normalizers = new double[affinities.Count];
        tree = new PointTree(affinities.Count);
    }

    /// <summary>x and y of each point in turn.</summary>
    public double[] Positions { get; }

    public double GradientNorm { get; private set; }

    public void Step(int iteration)
    {
        bool early = iteration < options.EarlyIterations;
        if (iteration == options.EarlyIterations)
        {
            Array.Clear(update); // scikit-learn starts its second phase afresh
            Array.Fill(gains, 1);
        }

        double normalizer = Repel();
        double exaggeration = early ? options.Exaggeration : 1;
        Parts.Run(PartCount, options.Threads, (part, parts) => Attract(part, parts, exaggeration, normalizer));

        double momentum = early ? 0.5 : 0.8, norm = 0;
        for (int i = 0; i < update.Length; i++)
        {
            gains[i] = gradient[i] * update[i] < 0 ? gains[i] + 0.2 : Math.Max(gains[i] * 0.8, LeastGain);
            update[i] = (momentum * update[i]) - (rate * gains[i] * gradient[i]);
            Positions[i] += update[i];
            norm += gradient[i] * gradient[i];
        }

        GradientNorm = Math.Sqrt(norm);
    }

    /// <summary>KL(P ‖ Q), with the same approximation of Q's normalizer as in the steps.</summary>
    public double Divergence()
    {
        double normalizer = Repel(), sum = 0;
        for (int i = 0; i < affinities.Count; i++)
        {
            for (int at = affinities.Starts[i]; at < affinities.Starts[i + 1]; at++)
            {
                double p = affinities.Values[at], q = Kernel(i, affinities.Columns[at]) / normalizer;
                if (p > 0) sum += p * Math.Log(p / Math.Max(q, double.Epsilon));
            }
        }

        return sum;
    }

    /// <summary>Σ_j k² (y_i − y_j) of each point, with k = 1 / (1 + d²), and Σ k over all pairs.</summary>
    private double Repel()
    {
        tree.Build(Positions);
        Parts.Run(PartCount, options.Threads, (part, parts) =>
        {
            int from = (int)((long)affinities.Count * part / parts), to = (int)((long)affinities.Count * (part + 1) / parts);
            tree.Repulsion(from, to, options.Theta, forces, normalizers);
        });
        return normalizers.Sum(); // in the points' order, whatever the threads were
    }

    private void Attract(int part, int parts, double exaggeration, double normalizer)
    {
        int from = (int)((long)affinities.Count * part / parts), to = (int)((long)affinities.Count * (part + 1) / parts);
        for (int i = from; i < to; i++)
        {
            double x = Positions[2 * i], y = Positions[(2 * i) + 1], pullX = 0, pullY = 0;
            for (int at = affinities.Starts[i]; at < affinities.Starts[i + 1]; at++)
            {
                int j = affinities.Columns[at];
                double stepX = x - Positions[2 * j], stepY = y - Positions[(2 * j) + 1];
                double weight = affinities.Values[at] / (1 + (stepX * stepX) + (stepY * stepY));
                pullX += weight * stepX;
                pullY += weight * stepY;
            }

            gradient[2 * i] = 4 * ((exaggeration * pullX) - (forces[2 * i] / normalizer));
            gradient[(2 * i) + 1] = 4 * ((exaggeration * pullY) - (forces[(2 * i) + 1] / normalizer));
        }
    }

    private double Kernel(int i, int j)
    {
        double x = Positions[2 * i] - Positions[2 * j], y = Positions[(2 * i) + 1] - Positions[(2 * j) + 1];
        return 1 / (1 + (x * x) + (y * y));
    }
}
