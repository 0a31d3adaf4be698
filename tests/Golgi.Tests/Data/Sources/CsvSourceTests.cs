using System.Text;
using Golgi.Data;
using Golgi.Data.Sources;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data.Sources;

public sealed class CsvSourceTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Numbers_are_standardized_and_texts_one_hot_by_what_the_training_rows_hold()
    {
        var lines = new List<string> { "height,color,species" };
        for (int i = 0; i < 100; i++) lines.Add($"{i},{(i % 3 == 0 ? "red" : "green")},{(i % 2 == 0 ? "cat" : "dog")}");
        using var data = Open("table.csv", "#species", [.. lines]);
        Assert.Equal(["cat", "dog"], data.ClassNames);
        Assert.Equal([3], data.InputShape); // height, green, red
        Assert.Equal((70, 15, 15), (data.Train.Count, data.Validation.Count, data.Test.Count));

        using var scope = NewDisposeScope();
        var train = ((TensorExamples)data.Train).Inputs;
        Assert.Equal(0, train[.., 0].mean().item<float>(), 1e-5);
        Assert.Equal(1, train[.., 0].std(false).item<float>(), 1e-5);
        Assert.True(train[.., 1..].sum([1]).eq(1).all().item<bool>());

        // All rows again, from their standardized heights: number i has class i mod 2 and color i mod 3.
        var all = cat([.. new[] { data.Train, data.Validation, data.Test }.Select(part => ((TensorExamples)part).Inputs)]);
        var labels = cat([.. new[] { data.Train, data.Validation, data.Test }.Select(part => part.Labels)]);
        long[] rank = all[.., 0].argsort().data<long>().ToArray();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(i % 2, labels[rank[i]].item<long>());
            Assert.Equal(i % 3 == 0 ? 1 : 0, all[rank[i], 2].item<float>());
        }
    }

    [Fact]
    public void Semicolons_quotes_line_breaks_and_compression_are_read()
    {
        var lines = new List<string> { "\"a;1\";b" };
        for (int i = 0; i < 20; i++) lines.Add($"\"say \"\"{i % 2}\"\"\n; and stop\"; {(i % 2 == 0 ? "x" : "y")} ");
        byte[] packed = IdxBytes.Gzip(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        var table = CsvTable.Read(scratch.Write("t.csv.gz", packed), null);
        Assert.Equal(["a;1", "b"], table.Columns);
        Assert.Equal(20, table.Rows.Count);
        Assert.Equal(["say \"1\"\n; and stop", "y"], table.Rows[1]);
    }

    /// <summary>A quoted list of four has more semicolons than the line has commas.</summary>
    [Theory]
    [InlineData(',', "\"w;x;y;z\",b\n\"1;2\",3")]
    [InlineData(';', "\"w,x,y,z\";b\n\"1,2\";3")]
    [InlineData('\t', "\n\t\n\"w,x\ny,z\"\tb\n1\t3")]
    [InlineData(',', "single\n1")]
    public void Separators_within_quotes_do_not_count(char separator, string text)
    {
        var table = CsvTable.Read(scratch.Write("t.csv", Encoding.UTF8.GetBytes(text)), null);
        int columns = text.StartsWith("single", StringComparison.Ordinal) ? 1 : 2;
        Assert.Equal((columns, columns), (table.Columns.Count, table.Rows.Single().Length));
        Assert.Equal(separator, CsvRows.SeparatorOf(new StringReader(text), [',', ';', '\t']));
    }

    [Fact]
    public void Rows_say_the_line_at_which_they_begin()
    {
        const string Text = "a,b\r\n\r\n\"1\r\n\"\"2\"\"\", x \r\n  \r\n3,4,5";
        var rows = CsvRows.Read(new StringReader(Text), ',', "t").ToArray();
        Assert.Equal([1, 3, 6], rows.Select(row => row.Line));
        Assert.Equal([["a", "b"], ["1\n\"2\"", "x"], ["3", "4", "5"]], rows.Select(row => row.Values));
    }

    [Fact]
    public void A_row_that_is_too_long_to_be_one_is_refused()
    {
        using var text = new StringReader(new string('1', 17_000_000));
        Assert.Contains("t: a row is too long", Assert.Throws<InvalidDataException>(() => CsvRows.Read(text, ',', "t").Count()).Message);
    }

    [Fact]
    public void A_file_without_names_has_columns_by_number_and_the_last_is_the_label_by_default()
    {
        string[] lines = [.. Enumerable.Range(0, 20).Select(i => $"{i}, {i % 2}")];
        using var unnamed = Open("t.csv", "#column2", lines);
        Assert.Equal(["0", "1"], unnamed.ClassNames);
        using var named = Open("n.csv", "", ["height,class", .. lines]);
        Assert.Equal(unnamed.ClassNames, named.ClassNames);
    }

    [Fact]
    public void Unknown_numbers_become_the_mean()
    {
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => $"{(i % 4 == 0 ? "?" : "7")},{i},{i % 2}")];
        using var data = Open("t.csv", "#c", ["a,b,c", .. lines]);
        Assert.Equal([2], data.InputShape);
        Assert.All(((TensorExamples)data.Train).Inputs[.., 0].data<float>().ToArray(), value => Assert.Equal(0, value)); // no variation either
    }

    [Fact]
    public void Files_that_make_no_data_set_are_refused_naming_file_and_line()
    {
        string[] good = [.. Enumerable.Range(0, 20).Select(i => $"{i},{i % 2}")];
        Assert.Contains(
            "No column 'colour'. Nearest: color", Throws<ArgumentException>("#colour", ["height,color", .. good]), StringComparison.Ordinal);
        Assert.Contains(
            "t.csv: line 4 has 3 values; the first line has 2", Throws<InvalidDataException>("", ["a,b", "1,0", "2,1", "3,0,9"]),
            StringComparison.Ordinal);
        Assert.Contains(
            "t.csv: line 2: a quotation mark is not closed", Throws<InvalidDataException>("", ["a,b", "\"1,0"]), StringComparison.Ordinal);
        Assert.Contains("t.csv: is empty", Throws<InvalidDataException>("", [""]), StringComparison.Ordinal);
        Assert.Contains("t.csv: the label 'b' has 1 different", Throws<InvalidDataException>("", ["a,b", "1,0", "2,0"]), StringComparison.Ordinal);
        Assert.Contains("same name", Throws<InvalidDataException>("", ["a,a", "1,0", "2,0"]), StringComparison.Ordinal);
        Assert.Contains("too few", Throws<InvalidDataException>("", ["a,b", "1,0", "2,1"]), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => DataCatalog.Open("csv:" + scratch["absent.csv"]));
        Assert.Contains(
            "UTF-8", Assert.Throws<InvalidDataException>(() => DataCatalog.Open("csv:" + scratch.Write("b.csv", [0x61, 0xC3, 0x28]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_census_data_are_read_without_names()
    {
        string? folder = new DataOptions().EnvironmentFolder;
        string path = Path.Combine(folder ?? "", "tabular", "adult.data.gz");
        Assert.SkipUnless(File.Exists(path), "tabular/adult.data.gz is not in GOLGI_DATA.");
        using var data = DataCatalog.Open($"csv:{path}#column15");
        Assert.Equal(["<=50K", ">50K"], data.ClassNames);
        Assert.Equal(32561, data.Train.Count + data.Validation.Count + data.Test.Count);
    }

    private DataSet Open(string name, string label, string[] lines) =>
        DataCatalog.Open($"csv:{scratch.Write(name, Encoding.UTF8.GetBytes(string.Join('\n', lines)))}{label}");

    private string Throws<T>(string label, string[] lines)
        where T : Exception => Assert.Throws<T>(() => Open("t.csv", label, lines).Dispose()).Message;
}
