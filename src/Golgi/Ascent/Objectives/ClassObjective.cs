using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>A class of the network: its logit, log probability or probability.</summary>
/// <remarks>Simonyan et al. 2013 (logit); Nguyen et al. 2017 (log probability). Several classes make a batch: picture
/// n is
/// for class n modulo their number.</remarks>
public sealed class ClassObjective : Objective
{
    private readonly LogitSource logits;
    private readonly long[] classes;
    private readonly ClassScale scale;

    /// <summary>Picture n is for class n modulo the number of classes.</summary>
    /// <param name="logits">Where the logits are read.</param>
    /// <param name="classes">0-based, one or more.</param>
    /// <param name="scale">What of the class.</param>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    public ClassObjective(LogitSource logits, IReadOnlyList<long> classes, ClassScale scale = ClassScale.Logit)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(classes);
        Check.Positive(classes.Count, nameof(classes));
        foreach (long item in classes) Check.InRange(item, 0, logits.Classes - 1, nameof(classes));
        this.logits = logits;
        this.classes = [.. classes];
        this.scale = scale;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => logits.Layers;

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var values = logits.Read(pass);                                   // [views · N, classes]
        values = scale switch
        {
            ClassScale.Logit => values,
            ClassScale.LogProbability => values.log_softmax(1),
            _ => values.softmax(1),
        };
        return pass.OverViews(values.gather(1, pass.UnitOfRow(classes).unsqueeze(1)).squeeze(1));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string what = classes.Length == 1 ? $"{classes[0]}" : $"{classes[0]}..{classes[^1]}";
        return scale switch { ClassScale.Logit => $"logit {what}", ClassScale.LogProbability => $"log p({what})", _ => $"p({what})" };
    }
}
