using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Priors;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every canvas of the catalog must satisfy.</summary>
[Collection(TorchState.Name)]
public sealed class CanvasContract
{
    private static readonly CanvasShape Shape = new(2, 3, 16, 12);

    public static TheoryData<string> All => [.. CanvasCatalog.All.Select(kind => kind.Name)];

    public static TheoryData<string> Plain => [.. CanvasCatalog.All.Where(kind => !kind.TakesStart).Select(kind => kind.Name)];

    [Fact]
    public void Every_public_canvas_of_the_library_is_in_the_catalog()
    {
        string[] made = [.. CanvasCatalog.All.Select(kind =>
        {
            using var canvas = Make(kind.Name);
            return canvas.GetType().Name;
        }).Order()];
        Assert.Equal(Families.Of<Canvas>(), made);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_begins_with_pictures_of_its_shape_between_black_and_white(string kind)
    {
        using var scope = NewDisposeScope();
        using var canvas = Make(kind);
        var pictures = canvas.Render();
        Assert.Equal(Shape.Sizes, pictures.shape);
        Assert.True(pictures.isfinite().all().item<bool>());
        Assert.InRange(pictures.min().item<float>(), 0, 255);
        Assert.InRange(pictures.max().item<float>(), 0, 255);
        Assert.True(canvas.Coordinates.requires_grad && canvas.Coordinates.is_leaf);
        Assert.Equal(Shape.Count, canvas.Coordinates.shape[0]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Coordinates_come_back_from_what_they_render_where_any_picture_can_be_rendered(string kind)
    {
        using var scope = NewDisposeScope();
        using var canvas = Make(kind);
        var pictures = (OperatorTests.Noise(2, 3, 16, 12) / 2) + 127.5;
        canvas.Paint(pictures);
        var painted = canvas.Render().detach();
        canvas.Paint(painted);
        Near.Equal(painted, canvas.Render(), CanvasCatalog.Find(kind).Complete ? 1e-4 : 1); // the outer columns of phases are not all their own
        if (CanvasCatalog.Find(kind).Complete) Near.Equal(pictures, painted, 1e-4);
        else Assert.False(pictures.allclose(painted));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_picture_s_gradient_flows_to_its_own_coordinates_alone(string kind)
    {
        using var scope = NewDisposeScope();
        using var canvas = Make(kind);
        var weights = OperatorTests.Noise(1, 3, 16, 12, seed: 5)[0];
        var gradient = autograd.grad([(canvas.Render()[1] * weights).sum()], [canvas.Coordinates])[0];
        Assert.True(gradient.isfinite().all().item<bool>());
        Assert.Equal(0f, gradient[0].abs().max().item<float>());
        Assert.True(gradient[1].abs().max().item<float>() > 0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_plain_phase_leaves_what_is_rendered_as_it_is(string kind)
    {
        using var scope = NewDisposeScope();
        using var canvas = Make(kind);
        var before = canvas.Render().detach();
        Cycle(canvas, new AscentPhase());
        Near.Exact(before, canvas.Render().detach());
        Near.Exact(full_like(canvas.Coordinates, 2.0), canvas.Bounded(new AscentPhase(), full_like(canvas.Coordinates, 2.0)));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void What_needs_plain_pixels_is_refused_elsewhere_before_any_work(string kind)
    {
        using var canvas = Make(kind);
        AscentPhase[] phases = [new() { Operators = [new Decay(0.1)] }, new() { Enlarge = 1.4 }, new() { Margin = 0.1 }];
        Assert.All(phases, phase => Assert.Contains("plain pixels", Assert.Throws<ArgumentException>(() => canvas.Accept(phase)).Message));
    }

    [Fact]
    public void Pixels_grow_wander_and_stay_whole()
    {
        using var scope = NewDisposeScope();
        using var canvas = new RawCanvas(Shape, [127.5]);
        var phase = new AscentPhase { Enlarge = 2, Margin = 0.25, Operators = [new ClampRange()] };
        canvas.Accept(phase);
        canvas.BeginPhase(phase);
        Assert.Equal((32L, 24L), canvas.Size);
        var random = new Philox(1).Reader();
        using (no_grad())
        {
            for (int i = 0; i < 20; i++)
            {
                canvas.BeginStep(phase, (16, 12), random);
                Assert.Equal([2, 3, 16, 12], canvas.Coordinates.shape);
                var update = canvas.Bounded(phase, full_like(canvas.Coordinates, 1000.0));
                Assert.Equal(8 * 6, update[0, 0].count_nonzero().item<long>());
                canvas.Coordinates.add_(update);
                canvas.EndStep(phase, i, update);
            }
        }

        canvas.End();
        var whole = canvas.Render();
        Assert.Equal([2, 3, 32, 24], whole.shape);
        Near.Exact(whole, canvas.RenderWhole());
        Assert.Equal(255f, whole.max().item<float>());
        Assert.Equal(127.5f, whole[0, 0, 0, 0].item<float>()); // the margin of every window
        Assert.True(whole[0, 0].gt(200).sum().item<long>() > 8 * 6); // several windows, none lost
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_grows_over_phases_and_renders(string kind)
    {
        using var canvas = Make(kind);
        Once();
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 20; i++) Once();
        });

        void Once()
        {
            using var scope = NewDisposeScope();
            Cycle(canvas, new AscentPhase());
            canvas.Paint(canvas.Render());
        }
    }

    private static void Cycle(Canvas canvas, AscentPhase phase)
    {
        canvas.Accept(phase);
        canvas.BeginPhase(phase);
        using (no_grad())
        {
            canvas.BeginStep(phase, null, new Philox(1).Reader());
            canvas.EndStep(phase, 0, zeros_like(canvas.Coordinates));
        }

        canvas.End();
    }

    private static Canvas Make(string kind) => CanvasCatalog.Find(kind).Make(new CanvasRequest(Shape,
        new Philox(3))
    { Start = new PictureStart(10) });
}
