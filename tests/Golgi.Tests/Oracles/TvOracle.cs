using static TorchSharp.torch;

namespace Golgi.Tests.Oracles;

/// <summary>argmin_u TV(u) + w/2 |u − f|² by plain projected gradient on the dual, in loops, with many small steps.</summary>
internal static class TvOracle
{
    private const int Steps = 200_000;

    public static double[,] Denoise(Tensor picture, double weight, bool isotropic)
    {
        int height = (int)picture.shape[2], width = (int)picture.shape[3];
        double[,] f = new double[height, width], u = new double[height, width], px = new double[height, width], py = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) f[y, x] = picture[0, 0, y, x].to(ScalarType.Float64).item<double>();
        }

        for (int step = 0; step < Steps; step++)
        {
            Primal();
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double qx = px[y, x] + (weight / 8 * (x + 1 < width ? u[y, x + 1] - u[y, x] : 0));
                    double qy = py[y, x] + (weight / 8 * (y + 1 < height ? u[y + 1, x] - u[y, x] : 0));
                    double size = Math.Max(1, Math.Sqrt((qx * qx) + (qy * qy)));
                    (px[y, x], py[y, x]) = isotropic ? (qx / size, qy / size) : (Math.Clamp(qx, -1, 1), Math.Clamp(qy, -1, 1));
                }
            }
        }

        Primal();
        return u;

        // u = f + div p / w
        void Primal()
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double divergence = (x + 1 < width ? px[y, x] : 0) - (x > 0 ? px[y, x - 1] : 0)
                        + (y + 1 < height ? py[y, x] : 0) - (y > 0 ? py[y - 1, x] : 0);
                    u[y, x] = f[y, x] + (divergence / weight);
                }
            }
        }
    }
}
