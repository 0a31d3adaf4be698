namespace Golgi.Interchange.Onnx.Inference;

/// <summary>Computes a map from maps; null where their shapes do not suit it.</summary>
internal delegate FeatureMap? MapKernel(FeatureMap[] inputs, InferenceRun run);
