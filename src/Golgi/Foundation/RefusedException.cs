namespace Golgi.Foundation;

/// <summary>A gate refused: the input is well formed, but the answer would not mean anything (too few samples, a check
/// that does not hold). The command ends with its own exit code, 3.</summary>
/// <param name="message">What was refused, why, and what would be needed.</param>
public sealed class RefusedException(string message) : Exception(message);
