namespace Golgi.Interchange.Onnx;

/// <summary>What a folder of ONNX test cases says of the importer.</summary>
/// <param name="Passed">Cases whose outputs agree.</param>
/// <param name="Failed">Names of cases whose outputs differ, or that could not be run.</param>
/// <param name="Unsupported">Names of cases that ask for an operator, a type or a setting that Golgi does not compute.</param>
/// <param name="Reasons">Why, by case, for all that did not pass.</param>
public sealed record ConformanceResult(
    int Passed,
    IReadOnlyList<string> Failed,
    IReadOnlyList<string> Unsupported,
    IReadOnlyDictionary<string, string> Reasons);
