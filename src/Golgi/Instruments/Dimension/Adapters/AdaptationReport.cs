using Golgi.Instruments.Dimension.Measuring;

namespace Golgi.Instruments.Dimension.Adapters;

/// <summary>The intrinsic dimension of adapting a trained network, and what follows for adapters.</summary>
/// <param name="Plain">Through the trained weights, θ = θ₀ + P c.</param>
/// <param name="Scaled">The same with a scale for each parameter among the coordinates.</param>
/// <param name="Advice">Null where neither found a dimension.</param>
public sealed record AdaptationReport(DimensionReport Plain, DimensionReport Scaled, AdapterAdvice? Advice);
