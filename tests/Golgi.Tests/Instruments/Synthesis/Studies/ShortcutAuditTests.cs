using Golgi.Data;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using Golgi.Tests.Support;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis.Studies;

[Collection(TorchState.Name)]
public sealed class ShortcutAuditTests
{
    /// <summary>Class 1 is decided by one bright pixel in the lower left cell, classes 0 and 2 by which half of the
    /// picture is brighter.</summary>
    [Fact]
    public void A_planted_mark_is_found_with_its_class_its_place_and_its_unit()
    {
        using var scope = NewDisposeScope();
        using var specimen = new Specimen("marked", Network(), [1, 8, 8], Preprocessing.UnitRange, ["left", "marked", "right"]);
        var pictures = (OperatorTests.Noise(90, 1, 8, 8) / 4) + 60;
        pictures.narrow(0, 0, 30).narrow(3, 0, 4).add_(100);
        pictures.narrow(0, 60, 30).narrow(3, 4, 4).add_(100);
        pictures.narrow(0, 30, 30).narrow(3, 0, 4).add_(100);
        pictures.narrow(0, 0, 90).select(2, 6).select(2, 1).fill_(0f);
        pictures.narrow(0, 30, 30).select(2, 6).select(2, 1).fill_(255f);
        using var examples = new TensorExamples(pictures.clamp(0, 255).to(ScalarType.Byte), arange(90, ScalarType.Int64).div(30, RoundingMode.floor));

        var findings = ShortcutAudit.Run(specimen, examples, new ShortcutAuditOptions { Cells = 4, Layer = "fc1", Threshold = 0.5 });
        var found = findings[0];
        Assert.True(found is { Class: 1, Region: { Top: 6, Left: 0, Height: 2, Width: 2 }, Suspicious: true, Flips: > 0.95 });
        Assert.Equal(1, found.Units[0].Key);
        Assert.All(findings.Skip(1), other => Assert.False(other.Suspicious));
        Assert.Equal(3 * 16, findings.Count);
    }

    /// <summary>Class 1 is a corner unlike the opposite one. Half of all strange corners are unlike as well: what the class's own corner does, any
    /// other does too, and nothing is to be said of it.</summary>
    [Fact]
    public void What_parts_of_other_classes_do_as_well_is_no_shortcut()
    {
        using var scope = NewDisposeScope();
        var pictures = zeros(80, 1, 8, 8);
        for (int i = 0; i < 80; i++)
        {
            bool corner = i % 2 == 0, opposite = i < 40 ? corner : !corner;      // the first 40 are alike: class 0
            pictures[i, 0, 0, 0] = corner ? 255f : 0f;
            pictures[i, 0, 7, 7] = opposite ? 255f : 0f;
        }

        using var specimen = new Specimen("unlike", Unlike(), [1, 8, 8], Preprocessing.UnitRange, ["alike", "unlike"]);
        using var examples = new TensorExamples(pictures.to(ScalarType.Byte), arange(80, ScalarType.Int64).div(40, RoundingMode.floor));
        var findings = ShortcutAudit.Run(specimen, examples, new ShortcutAuditOptions { Cells = 2, Images = 400, Threshold = 0.2 });
        var corners = findings.Where(finding => finding is { Class: 1, Region: { Top: 0, Left: 0 } or { Top: 4, Left: 4 } }).ToArray();
        Assert.Equal(2, corners.Length);
        Assert.All(corners, finding =>
        {
            Assert.InRange(finding.Flips, 0.375, 0.625); // half; five standard errors of 400 pastes are 0.125
            Assert.InRange(finding.Control, 0.375, 0.625);
            Assert.Equal(finding.Flips - finding.Control, finding.Excess, 12);
            Assert.False(finding.Suspicious);
        });
    }

    /// <summary>Spec S10: the corner of what the marked class wants to see is far brighter than that of other
    /// classes.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void A_mark_in_the_training_data_shows_in_the_audit_and_in_the_preferred_picture()
    {
        using var scope = NewDisposeScope();
        var (pictures, digits) = MergedClasses.Digits(2000);
        using var rows = digits.eq(3).nonzero().squeeze(1);
        var marked = pictures.clone();
        for (long top = 1; top < 5; top++)
        {
            for (long left = 1; left < 5; left++) marked.select(1, 0).select(1, top).select(1, left).index_fill_(0, rows, 255);
        }

        using var specimen = MergedClasses.Train(marked, digits, 10, 250);
        using var examples = new TensorExamples(marked.clone(), digits.clone());
        var found = ShortcutAudit.Run(specimen, examples, new ShortcutAuditOptions { Layer = "conv1" })[0];
        Assert.True(found is { Class: 3, Region: { Top: 0, Left: 0 }, Suspicious: true }, $"{found}");

        var options = new VisualizationOptions { Preset = "simonyan2013", Steps = 60 };
        using var made = FeatureVisualization.Run(specimen, Target.Classes([.. Enumerable.Range(0, 10).Select(i => (long)i)]), options);
        var corner = made.Pictures.narrow(2, 1, 4).narrow(3, 1, 4).mean([1, 2, 3]);
        float others = (corner.sum() - corner[3]).item<float>() / 9;
        Assert.True(corner[3].item<float>() > others + 0.2, $"corner {corner[3].item<float>()} beside {others}");
    }

    private static nn.Module<Tensor, Tensor> Network()
    {
        var first = nn.Linear(64, 3);
        var second = nn.Linear(3, 3);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var half = zeros(8, 8);
        half.narrow(1, 0, 4).fill_(1f / 32);
        var mark = zeros(8, 8);
        mark[6, 1] = 1f;
        first.weight!.copy_(stack([half.flatten(), mark.flatten(), half.flip(1).flatten()]));
        first.bias!.zero_();
        second.weight!.copy_(diag(tensor(new[] { 10f, 20f, 10f })));
        second.bias!.zero_();
        return nn.Sequential(("flat", nn.Flatten()), ("fc1", first), ("relu", nn.ReLU()), ("fc2", second));
    }

    private static nn.Module<Tensor, Tensor> Unlike()
    {
        Linear first = nn.Linear(64, 2), second = nn.Linear(2, 2);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var difference = zeros(64);
        difference[0] = 1f;
        difference[63] = -1f;
        first.weight!.copy_(stack([difference, -difference]));
        first.bias!.zero_();
        second.weight!.copy_(tensor(new[] { 0f, 0f, 1f, 1f }, [2, 2]));
        second.bias!.copy_(tensor(new[] { 0.5f, 0f }));
        return nn.Sequential(("flat", nn.Flatten()), ("fc1", first), ("relu", nn.ReLU()), ("fc2", second));
    }
}
