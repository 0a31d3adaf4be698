using System.Text;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Tests.Data;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Rows;

public sealed class ActivationTableTests
{
    [Fact]
    public void Names_with_separators_and_quoted_numbers_are_read_as_what_they_are()
    {
        using var table = Read("\"unit 1, layer 2\",\"say \"\"b\"\"\"\r\n\r\n\"1.5\", -2e3\r\n 0.1,\"4\"\r\n");
        Assert.Equal([2, 2], table.shape);
        Assert.Equal([1.5, -2000, 0.1, 4], table.data<double>().ToArray());
    }

    [Fact]
    public void Without_a_line_of_names_the_first_row_counts()
    {
        using var table = Read("1,2\n3,4");
        Assert.Equal([1, 2, 3, 4], table.data<double>().ToArray());
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,x", "x.csv, line 3: 'x' is not a number")]
    [InlineData("a,b\n1,2\n3", "x.csv, line 3: 1 cells where the lines before have 2")]
    [InlineData("a,b\n\"1,2\n3,4", "x.csv: line 2: a quotation mark is not closed")]
    [InlineData("a,b\nc,d", "x.csv, line 2: 'c' is not a number")]
    [InlineData("a,b\n", "x.csv holds no rows of numbers")]
    public void What_holds_no_matrix_is_refused_with_the_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    private static Tensor Read(string text)
    {
        using var scratch = new Scratch();
        return ActivationFile.Read(scratch.Write("x.csv", Encoding.UTF8.GetBytes(text)));
    }
}
