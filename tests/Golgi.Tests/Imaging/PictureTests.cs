using Golgi.Imaging;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Imaging;

public sealed class PictureTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_saved_image_is_read_back_to_the_byte()
    {
        using var scope = NewDisposeScope();
        var image = arange(3 * 5 * 7).mul(2).to(ScalarType.Byte).reshape(3, 5, 7);
        Picture.Save(image, scratch["new/folder/image.png"]);
        Assert.Equal(image.bytes.ToArray(), Picture.Load(scratch["new/folder/image.png"]).bytes.ToArray());
        Assert.Equal(["image.png"], Directory.EnumerateFiles(scratch["new/folder"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Grey_floats_are_rounded_and_values_outside_drawn_as_the_nearest_end()
    {
        using var scope = NewDisposeScope();
        Picture.Save(tensor(new[] { 0f, 0.5f, 1f, -3f, 7f, float.NaN }).reshape(2, 3), scratch["grey.png"]);
        byte[] grey = [0, 128, 255, 0, 255, 0];
        Assert.Equal([.. grey, .. grey, .. grey], Picture.Load(scratch["grey.png"]).bytes.ToArray());
    }

    [Fact]
    public void An_image_made_smaller_is_averaged()
    {
        using var scope = NewDisposeScope();
        var board = ((arange(64).reshape(1, 64) + arange(64).reshape(64, 1)) % 2).to(ScalarType.Float32); // 0, 1, 0, 1, ...
        Picture.Save(board, scratch["board.png"]);
        var small = Picture.Load(scratch["board.png"], 8, 16);
        Assert.Equal([3, 8, 16], small.shape);
        Assert.All(small.bytes.ToArray(), value => Assert.InRange(value, 110, 145));
    }

    // PIL 9.4: Image.fromarray(a).resize((4, 5), Image.BILINEAR), a[y, x, c] = (37 c + 11 y² + 29 x + 3 x y) mod 256, 13 x 17; its green.
    // PIL rounds after each direction, hence the tolerance of 1.
    [Fact]
    public void A_resized_image_is_that_of_the_library_with_which_networks_are_trained()
    {
        byte[] green = [117, 134, 118, 145, 147, 125, 126, 132, 124, 131, 130, 130, 124, 128, 127, 127, 127, 117, 119, 137];
        using var scope = NewDisposeScope();
        var (c, y, x) = (arange(3).reshape(3, 1, 1), arange(13).reshape(1, 13, 1), arange(17).reshape(1, 1, 17));
        var image = ((37 * c) + (11 * y * y) + (29 * x) + (3 * x * y)).remainder(256).to(ScalarType.Byte);
        var resized = PhotoResize.Resize(image, 5, 4);
        Assert.Equal([3, 5, 4], resized.shape);
        Assert.All(green.Zip(resized[1].contiguous().bytes.ToArray()), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public void The_middle_square_is_taken_and_an_image_of_the_right_size_left_alone()
    {
        using var scope = NewDisposeScope();
        var image = zeros(3, 4, 10, ScalarType.Byte);
        image[.., .., 3..7] = 200;
        Picture.Save(image, scratch["wide.png"]);
        Assert.True(Picture.LoadSquare(scratch["wide.png"], 4).eq(200).all().item<bool>());
        Assert.True(Picture.LoadSquare(scratch["wide.png"], 8).eq(200).all().item<bool>());
        Assert.True(Picture.Load(scratch["wide.png"], 4, 4).eq(200).logical_not().any().item<bool>());
    }

    [Fact]
    public void What_is_no_image_is_refused_by_name()
    {
        string path = scratch.Write("bad.png", [1, 2, 3, 4]);
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Picture.Load(path)).Message, StringComparison.Ordinal);
        using var image = zeros(20, 20);
        byte[] png = Picture.EncodePng(image);
        string cut = scratch.Write("cut.png", png[..(png.Length - 25)]);
        Assert.StartsWith(cut, Assert.Throws<InvalidDataException>(() => Picture.Load(cut)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_or_four_channels_are_refused()
    {
        using var image = zeros(2, 5, 5);
        Assert.Contains("2 channels", Assert.Throws<ArgumentException>(() => Picture.EncodePng(image)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_image_of_a_sheet_lies_in_its_cell_enlarged()
    {
        using var scope = NewDisposeScope();
        var images = zeros(5, 1, 2, 3) + tensor(new[] { 0.0, 0.1, 0.2, 0.3, 0.4 }).reshape(5, 1, 1, 1).to(ScalarType.Float32);
        var sheet = new ContactSheet { Columns = 2, Scale = 3, Gap = 1 }.Draw(images);
        Assert.Equal([3, 1 + (3 * 7), 1 + (2 * 10)], sheet.shape);
        for (int i = 0; i < 5; i++)
        {
            long top = 1 + ((i / 2) * 7), left = 1 + ((i % 2) * 10);
            var cell = sheet[.., (int)top..((int)top + 6), (int)left..((int)left + 9)];
            Assert.True(cell.eq((int)Math.Round(25.5 * i, MidpointRounding.ToEven)).all().item<bool>());
        }

        Assert.Equal(5 * 6 * 9 * 3, sheet.ne(255).sum().item<long>()); // all the rest is paper
    }

    [Fact]
    public void A_caption_is_written_below_its_image_and_cut_to_its_width()
    {
        using var scope = NewDisposeScope();
        var images = ones(2, 1, 10, 6);
        var sheet = new ContactSheet { Columns = 2, Scale = 2, Gap = 4, Captions = ["I", "WWWWWWWW"] }.Draw(images);
        var below = sheet[0, (4 + 20 + 2)..(4 + 20 + 2 + 7)];
        Assert.Equal(11, below[.., 4..16].ne(255).sum().item<long>());      // an I: two bars of three and a stem of five
        Assert.Equal(0, below[.., 32..].ne(255).sum().item<long>());         // two W fit
        Assert.True(below[.., 20..32].ne(255).sum().item<long>() > 20);
    }

    [Fact]
    public void Every_letter_of_the_font_differs_from_every_other()
    {
        var letters = Enumerable.Range(' ', '~' - ' ' + 1).Select(code => new string(
        [
            .. from y in Enumerable.Range(0, PixelFont.Height)
               from x in Enumerable.Range(0, PixelFont.Width)
               select PixelFont.Inked((char)code, x, y) ? '#' : '.',
        ])).ToArray();
        Assert.Equal(95, letters.Distinct().Count());
    }

    [Fact]
    public void Images_stretched_about_gray_fill_the_range_about_middle_gray_each_on_its_own()
    {
        using var scope = NewDisposeScope();
        var wave = arange(-1.0, 1.001, 0.01).reshape(1, 1, 3, 67).to(ScalarType.Float32);       // 201 values, mean 0
        var shown = Shades.StretchAboutGray(cat([0.5 + (0.02 * wave), 0.3 + (0.1 * wave), 0.5 + (0.5 * wave), full([1, 1, 3, 67], 0.7f)]));

        var expected = (0.5 + (0.5 * wave / 0.99)).clamp(0, 1);                                 // 99 % of 201 are 198: up to .99
        Near.Equal(expected, shown[..1], 1e-4);
        Near.Equal(expected, shown[1..2], 1e-4);
        Near.Equal(expected, shown[2..3], 1e-4);
        Near.Equal(full([1, 1, 3, 67], 0.5f), shown[3..], 1e-4);
    }

    [Fact]
    public void Stretched_images_reach_from_black_to_white_each_on_its_own()
    {
        using var scope = NewDisposeScope();
        var images = cat([arange(4).reshape(1, 1, 2, 2) * 100 - 7, arange(4).reshape(1, 1, 2, 2), ones(1, 1, 2, 2)]).to(ScalarType.Float32);
        var stretched = Shades.Stretch(images);
        float[] third = [0, 1 / 3f, 2 / 3f, 1];
        Assert.Equal([.. third, .. third, 0, 0, 0, 0], stretched.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Zero_is_white_positive_red_and_negative_blue()
    {
        using var scope = NewDisposeScope();
        float[] colors = Shades.Diverging(tensor(new[] { 0f, 2f, -2f }).reshape(3, 1, 1, 1)).data<float>().ToArray();
        Assert.Equal([1, 1, 1], colors[..3]);
        Assert.True(colors[3] > colors[5] && colors[8] > colors[6]);
    }
}
