using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Numerics.Random;

namespace Golgi.Ascent.Priors;

/// <summary>Priors by name, in the order in which they act on a picture: energies, energies of images, then operators in the order of Yosinski
/// et al. 2015 with filters after them. A new prior is its class and a line here.</summary>
public static class PriorCatalog
{
    private const int MixtureComponents = 16;

    private static readonly PriorParameter TvKind = new("tv-kind", "isotropic or anisotropic.", (double)TotalVariationKind.Isotropic)
    {
        Words = ["isotropic", "anisotropic"],
    };

    private static readonly PriorParameter TvSolver =
        new("tv-method", "How it is solved: bregman (as published) or dual (to the minimum, faster).", (double)TvMethod.SplitBregman)
        {
            Words = ["bregman", "dual"],
        };

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<PriorKind> All { get; } =
    [
        Energy("l2", "Weight of the energy sum of squares of pixels less the mean.", _ => new AlphaNorm(2)),
        Energy("alpha-norm", "Weight of the alpha-norm energy.", p => new AlphaNorm(p["alpha"]), new PriorParameter("alpha", "Its exponent.", 6)),
        Energy(
            "tv", "Weight of the total variation energy.", p => new TotalVariation((TotalVariationKind)p["tv-kind"], p["tv-beta"]),
            TvKind, new PriorParameter("tv-beta", "Exponent of the isotropic form: 2 smooth, 1 sharp edges.", 2)),
        Energy(
            "blur-energy", "Weight of the distance to the blurred picture.", p => new BlurEnergy(p["blur-energy-sigma"]),
            new PriorParameter("blur-energy-sigma", "The blur's standard deviation in pixels.", 1)),
        Images("patches", "Weight of nearness to patches of the data set's images.", images => new PatchEnergy(images.Patches, images.Side)),
        Images(
            "patch-mixture", "Weight of the log density of patches under a mixture of Gaussians fitted to the data set.",
            images => PatchMixture.Fit(images.Patches, images.Side, MixtureComponents, new Philox(images.Seed, 8))),
        Operator("decay", "Share by which pixels decay towards the mean after each step.", (share, _) => new Decay(share)),
        Operator(
            "blur", "Standard deviation of a blur after a step, in pixels.", (sigma, p) => new BlurEvery(sigma, (int)p["blur-every"]),
            new PriorParameter("blur-every", "Blur in every k-th step.", 4)),
        Operator(
            "clip-norm", "Percentile of pixels of small norm to clip after each step.", (share, _) => new ClipPixels(ClipKind.Norm, share)),
        Operator(
            "clip-contribution", "Percentile of pixels of small contribution to clip after each step.",
            (share, _) => new ClipPixels(ClipKind.Contribution, share)),
        Operator(
            "bilateral", "Standard deviation in pixels of a filter that keeps edges.", (space, p) => new BilateralFilter(space, p["bilateral-color"]),
            new PriorParameter("bilateral-color", "Its standard deviation in gray levels.", 30)),
        Operator(
            "tv-denoise", "Fidelity weight of total variation denoising after each step; smaller smooths more.",
            (weight, p) => new TvDenoise(weight, weight, (TotalVariationKind)p["tv-kind"], (TvMethod)p["tv-method"]), TvKind, TvSolver),
    ];

    /// <summary>Makes a prior of a kind.</summary>
    /// <inheritdoc cref="PriorKind.Make" path="/param"/>
    /// <param name="name">One of <see cref="All"/>'s names.</param>
    /// <exception cref="ArgumentException">There is none of that name, the amount is negative, or there is no such parameter.</exception>
    public static Prior Make(string name, double amount, params IReadOnlyList<(string Name, double Value)> parameters)
    {
        Check.Known(name, All.Select(kind => kind.Name), "prior");
        return All.First(kind => kind.Name == name).Make(amount, parameters);
    }

    /// <summary>Where a name stands among all; those that are not known stand after them.</summary>
    internal static int Place(string name)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name) return i;
        }

        return All.Count;
    }

    private static PriorKind Energy(
        string name, string description, Func<IReadOnlyDictionary<string, double>, Objective> make, params PriorParameter[] parameters) =>
        new(name, PriorRole.Energy, description, parameters, (weight, values) => Prior.OfEnergy(name, weight, make(values)));

    private static PriorKind Images(string name, string description, Func<NaturalPatches, Objective> make) =>
        new(name, PriorRole.EnergyOfImages, description, [], (weight, _) => Prior.OfImages(name, weight, make));

    private static PriorKind Operator(
        string name, string description, Func<double, IReadOnlyDictionary<string, double>, PixelOperator> make, params PriorParameter[] parameters) =>
        new(name, PriorRole.Operator, description, parameters, (amount, values) => Prior.OfOperator(make(amount, values)));
}
