using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Foundation;
using Xunit;

namespace Golgi.Tests.App;

public sealed class OptionSetTests
{
    [Theory]
    [InlineData("--rate 0,001", "--rate is '0,001'; it must be a number, with a point before decimals, as in 0.001.")]
    [InlineData("--rate 1,000.5", "--rate is '1,000.5'; it must be a number")]
    [InlineData("--rate NaN", "--rate is 'NaN'; it must be a number")]
    [InlineData("--count 1.5", "--count is '1.5'; it must be a whole number.")]
    [InlineData("--count 3000000000", "--count is '3000000000'; it must be a whole number up to 2147483647.")]
    [InlineData("--count 0", "--count is 0")]
    [InlineData("--kind bleu", "--kind is 'bleu'; it must be deep-blue, green.")]
    [InlineData("--list 1 two", "--list is 'two'; it must be a whole number.")]
    public void What_does_not_fit_is_an_error_of_the_option_by_its_name(string line, string expected) =>
        Assert.Contains(Command().Parse(line).Errors, error => error.Message.StartsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("--rate 0.001")]
    [InlineData("--rate 1e-3")]
    [InlineData("--kind deep-blue --count 7")]
    [InlineData("--list 1 2 3 --flag")]
    public void What_fits_is_none(string line) => Assert.Empty(Command().Parse(line).Errors);

    [Fact]
    public void Help_shows_the_record_s_values_as_defaults()
    {
        using var output = new StringWriter();
        Command().Parse("--help").Invoke(new InvocationConfiguration { Output = output });

        Assert.Contains("[default: 0.5]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[default: deep-blue]", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("[default: ]", output.ToString(), StringComparison.Ordinal);
    }

    private static RootCommand Command()
    {
        var set = new OptionSet<Settings>(new Settings());
        set.Add("--rate", "A rate.", o => o.Rate, (o, v) => o with { Rate = v });
        set.Add("--count", "A count.", o => o.Count, (o, v) => o with { Count = v });
        set.Add("--kind", "A kind.", o => o.Kind, (o, v) => o with { Kind = v });
        set.Add("--list", "A list.", o => o.List, (o, v) => o with { List = v });
        set.Add("--flag", "A flag.", o => o.Flag, (o, v) => o with { Flag = v });
        var root = new RootCommand();
        set.AddTo(root);
        return root;
    }

    private enum Color
    {
        DeepBlue,
        Green,
    }

    private sealed record Settings
    {
        public double Rate { get; init; } = 0.5;

        public int Count { get => field; init => field = Check.Positive(value, nameof(Count)); } = 1;

        public Color Kind { get; init; }

        public IReadOnlyList<long> List { get; init; } = [];

        public bool Flag { get; init; }
    }
}
