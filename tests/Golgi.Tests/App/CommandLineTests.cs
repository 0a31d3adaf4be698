using Golgi.App.Commands;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("trian", "train")]
    [InlineData("doctr", "doctor")]
    public void An_unknown_command_is_bad_input_and_the_nearest_is_named(string written, string meant)
    {
        var run = Tool.Call(written);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains($"'{written}'", run.Error);
        Assert.Contains($"Nearest: {meant}.", run.Error);
        Assert.Contains("Usage: golgi ", run.Error);
    }

    [Theory]
    [InlineData("see m --rate 3", "--rate says more about --optimizer")]
    [InlineData("see m --optimizer adam --langevin 1,1,1", "--optimizer and --langevin exclude each other")]
    [InlineData("see m --alpha 3 --l2 1", "--alpha says more about --alpha-norm")]
    [InlineData("see m --tv-kind anisotropic", "--tv-kind says more about --tv or --tv-denoise")]
    [InlineData("see m --tv-beta 1 --tv-denoise 1", "--tv-beta says more about --tv,")]
    [InlineData("see m --blur-every 2", "--blur-every says more about --blur,")]
    [InlineData("see m --bilateral-color 2", "--bilateral-color says more about --bilateral,")]
    [InlineData("see m --away-from a.png", "--away-from says more about --toward")]
    [InlineData("see m --cosine 1", "--cosine says more about --toward")]
    [InlineData("see m --class 1 --position center", "--position says more about --layer")]
    [InlineData("see m --diversity-layer conv1", "--diversity-layer says more about --diversity,")]
    [InlineData("similarity compare a b --method cka --keep 20", "--keep is about --method svcca; with --method")]
    [InlineData("similarity grid a b --method cca --weights-from right", "--weights-from is about --method pwcca; with --method cca it does nothing")]
    [InlineData("similarity compare a b --method cka --bandwidth 2", "--bandwidth is about --method cka-rbf")]
    [InlineData("similarity compare a b --method cka --batch 20", "--batch is about --method cka-minibatch")]
    [InlineData("dimension measure --pairs 3", "--pairs is about --optimizer es; with --optimizer adam it does nothing")]
    [InlineData("dimension measure --deviation 3 --optimizer sgd", "--deviation is about --optimizer es")]
    public void An_option_that_would_do_nothing_is_refused(string command, string told)
    {
        var run = Tool.Call(command.Split(' '));
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"golgi: {told}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_bad_input_and_the_nearest_is_named()
    {
        var run = Tool.Call("train", "--epoch", "3");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Nearest: --epochs", run.Error);
        Assert.Contains("golgi train --help", run.Error);
    }

    [Fact]
    public void A_text_in_place_of_a_number_is_bad_input_told_without_names_of_types()
    {
        var run = Tool.Call("doctor", "--seed", "many");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'many'", run.Error);
        Assert.Contains("a whole number", run.Error);
        Assert.DoesNotContain("System.", run.Error);
    }

    [Fact]
    public void Help_shows_a_verb_as_it_is_written()
    {
        var run = Tool.Call("see", "facets", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  golgi see facets <NETWORK> [options]", run.Output);
    }

    [Fact]
    public void Help_writes_choices_as_people_type_them()
    {
        var run = Tool.Call("dimension", "measure", "--help");

        Assert.Contains("none; pixels: one permutation", run.Output);
        Assert.Contains("[default: none]", run.Output);
        Assert.Empty(Root.Create().Parse("dimension measure --shuffle labels").Errors);
    }

    [Fact]
    public void Failures_of_libtorch_are_told_without_its_stack()
    {
        var parse = Root.Create().Parse(["doctor"]);
        using var error = new StringWriter();
        parse.InvocationConfiguration.Error = error;
        new Session(parse, CancellationToken.None).Fail(new InvalidOperationException(
            "no memory for 3 bytes\nException raised from allocate at alloc.cpp:1 (most recent call first):\nframe #0: c10::Error"));

        Assert.Equal($"golgi: no memory for 3 bytes{Environment.NewLine}", error.ToString());
    }

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "-4")]
    [InlineData("--device", "gpu")]
    [InlineData("--device", "cuda:")]
    public void Nonsense_in_common_options_is_bad_input_before_any_work(string option, string value)
    {
        var run = Tool.Call("doctor", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(value, run.Error);
    }

    [Fact]
    public void A_device_that_is_not_there_is_bad_input_and_points_to_the_doctor()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "This machine has a CUDA device.");
        var run = Tool.Call("train", "--device", "cuda", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("golgi doctor", run.Error);
    }

    [Fact]
    public void Without_arguments_it_shows_help()
    {
        var run = Tool.Call();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("golgi [command]", run.Output);
    }
}
