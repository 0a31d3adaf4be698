using static TorchSharp.torch;

namespace Golgi.Tests.Oracles;

/// <summary>Split Bregman denoising of one plane, pixel by pixel as Goldstein and Osher 2009 state it: u by a Gauss-Seidel sweep,
/// d by shrinkage of ∇u + b, b ← b + ∇u − d, λ = 2w, borders repeated.</summary>
internal static class BregmanOracle
{
    public static double[,] Denoise(Tensor plane, double weight, bool isotropic, int iterations)
    {
        int height = (int)plane.shape[0], width = (int)plane.shape[1];
        double lambda = 2 * weight;
        double[,] f = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) f[y, x] = plane[y, x].to(ScalarType.Float64).item<double>();
        }

        double[,] u = (double[,])f.Clone(), border = (double[,])f.Clone(); // what lies beyond an edge is the edge before the iteration
        double[,] dx = new double[height, width], dy = new double[height, width], bx = new double[height, width], by = new double[height, width];
        for (int i = 0; i < iterations; i++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++) Update(y, x);
            }

            border = (double[,])u.Clone();
        }

        return u;

        void Update(int y, int x)
        {
            double across = At(y, x + 1) - u[y, x] + bx[y, x], down = At(y + 1, x) - u[y, x] + by[y, x];
            double divergence = Of(dx, y, x - 1) - dx[y, x] + Of(dy, y - 1, x) - dy[y, x]
                - Of(bx, y, x - 1) + bx[y, x] - Of(by, y - 1, x) + by[y, x];
            double around = At(y - 1, x) + At(y + 1, x) + At(y, x - 1) + At(y, x + 1);
            u[y, x] = ((lambda * (around + divergence)) + (weight * f[y, x])) / (weight + (4 * lambda));
            double size = lambda * Math.Sqrt((across * across) + (down * down));
            (dx[y, x], dy[y, x]) = isotropic
                ? (across * size / (size + 1), down * size / (size + 1))
                : (Shrink(across), Shrink(down));
            (bx[y, x], by[y, x]) = (across - dx[y, x], down - dy[y, x]);
        }

        double At(int y, int x)
        {
            bool inside = y >= 0 && y < height && x >= 0 && x < width;
            return inside ? u[y, x] : border[Math.Clamp(y, 0, height - 1), Math.Clamp(x, 0, width - 1)];
        }

        static double Of(double[,] values, int y, int x) => y >= 0 && x >= 0 ? values[y, x] : 0;

        double Shrink(double value) => Math.Sign(value) * Math.Max(0, Math.Abs(value) - (1 / lambda));
    }
}
