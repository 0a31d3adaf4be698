using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>What an operator does: values in (null for one left out), values out (null for one that nobody wants).
/// Inputs are borrowed; outputs are fresh handles; temporaries are the caller's dispose scope's.</summary>
internal delegate Tensor?[] Kernel(Tensor?[] inputs, bool training);

/// <summary>Makes the kernel of one node, once, at import: everything that can be checked is checked here.</summary>
/// <exception cref="InvalidDataException">The node's settings make no sense.</exception>
/// <exception cref="NotSupportedException">They ask for something that Golgi does not do.</exception>
internal delegate Kernel KernelFactory(NodeSettings node);
