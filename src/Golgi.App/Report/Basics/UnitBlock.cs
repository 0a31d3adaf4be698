using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Imaging;
using Golgi.Inspection;
using static TorchSharp.torch;

namespace Golgi.App.Report.Basics;

/// <summary>One unit's top examples as a figure: whole images with frames, and, where frames are small, their insides enlarged.</summary>
internal static class UnitBlock
{
    private const int Columns = 3;
    private const int Gap = 1;
    private const double Wanted = 150; // CSS pixels of nine images' width
    private const double Widest = 320; // and of a block's: three beside each other

    /// <summary>Draws the block.</summary>
    /// <param name="unit">The unit with its best examples.</param>
    /// <param name="examples">Images, in which they were found. Borrowed.</param>
    public static PictureFigure Draw(UnitTops unit, Examples examples)
    {
        using var scope = NewDisposeScope();
        var images = Pictures.Viewable(examples.Read(tensor(unit.Best.Select(best => best.Example).ToArray())));
        int height = (int)images.shape[2], width = (int)images.shape[3];
        var whole = new ContactSheet { Columns = Columns, Scale = 1, Gap = Gap }.Draw(images);   // [3, h, w]
        int scale = Math.Max(1, (int)Math.Round(Wanted / whole.shape[2]));
        whole = Enlarge(whole, (int)whole.shape[1] * scale, (int)whole.shape[2] * scale);
        var frames = unit.Best.Select(
            (best, i) => (best.Region, Left: Gap + ((i % Columns) * (width + Gap)), Top: Gap + ((i / Columns) * (height + Gap))))
            .Where(at => at.Region is { } region && (region.Height < height || region.Width < width))
            .Select(at => (
                scale * ((double)at.Left + at.Region!.Left),
                scale * ((double)at.Top + at.Region.Top),
                scale * (double)at.Region.Width,
                scale * (double)at.Region.Height))
            .ToArray();
        bool small = unit.Best.All(best => best.Region is { } region && 2 * region.Height <= height && 2 * region.Width <= width);
        if (small) whole = cat([whole, Space(whole), Insides(unit, images, whole)], 2);
        double fit = Math.Min(1, Widest / whole.shape[2]);
        return Pictures.Figure(whole, $"Top examples of unit {unit.Unit}", fit) with { Frames = frames };
    }

    /// <summary>What the unit sees of each image, filled up to one size, on a sheet as large as <paramref name="like"/>.</summary>
    private static Tensor Insides(UnitTops unit, Tensor images, Tensor like)
    {
        int height = unit.Best.Max(best => best.Region!.Height), width = unit.Best.Max(best => best.Region!.Width);
        var tiles = zeros([unit.Best.Count, images.shape[1], height, width], images.dtype);
        for (int i = 0; i < unit.Best.Count; i++)
        {
            var region = unit.Best[i].Region!;
            var seen = images[i].narrow(1, region.Top, region.Height).narrow(2, region.Left, region.Width);
            tiles[i].narrow(1, 0, region.Height).narrow(2, 0, region.Width).copy_(seen);
        }

        var enlarged = Enlarge(
            tiles, (int)((like.shape[1] - (4 * Gap)) / ((unit.Best.Count + Columns - 1) / Columns)), (int)((like.shape[2] - (4 * Gap)) / Columns));
        var sheet = new ContactSheet { Columns = Columns, Scale = 1, Gap = Gap }.Draw(enlarged);
        var between = new ContactSheet { Columns = Columns, Scale = 1, Gap = Gap }.Draw(zeros_like(enlarged)); // 255 there only
        var amber = tensor(new byte[] { 245, 166, 35 }).view(3, 1, 1);
        return Fit(sheet.where(between == 0, amber), like);
    }

    /// <summary>Cut or filled with white to the size of another sheet.</summary>
    private static Tensor Fit(Tensor sheet, Tensor like)
    {
        var result = full_like(like, 255);
        long height = Math.Min(sheet.shape[1], like.shape[1]), width = Math.Min(sheet.shape[2], like.shape[2]);
        result.narrow(1, 0, height).narrow(2, 0, width).copy_(sheet.narrow(1, 0, height).narrow(2, 0, width));
        return result;
    }

    private static Tensor Space(Tensor like) => full([3, like.shape[1], 4], 255, like.dtype);

    /// <summary>Nearest pixels, so that they stay sharp; over the last two dimensions.</summary>
    private static Tensor Enlarge(Tensor images, int height, int width)
    {
        var rows = arange(height).mul(images.shape[^2]).div(height, RoundingMode.floor);
        var columns = arange(width).mul(images.shape[^1]).div(width, RoundingMode.floor);
        return images.index_select(-2, rows).index_select(-1, columns);
    }
}
