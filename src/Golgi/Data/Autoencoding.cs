using Golgi.Foundation;

namespace Golgi.Data;

/// <summary>Data whose targets are their own pictures: what an autoencoder learns.</summary>
public static class Autoencoding
{
    /// <summary>Puts the pictures, in [0, 1], in the place of the classes, in all three parts.</summary>
    /// <param name="data">The data set; the result takes it over.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">Its inputs are no pictures [C, H, W].</exception>
    public static DataSet Of(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.InputShape.Count != 3)
        {
            throw new ArgumentException(
                $"The inputs of {data.Name} have shape {Check.Describe([.. data.InputShape])}; autoencoding needs pictures [C, H, W].", nameof(data));
        }

        Examples With(Examples part) => new OtherTargets(part, new PictureTargets(part));
        return data with
        {
            Train = With(data.Train),
            Validation = With(data.Validation),
            Test = With(data.Test),
            ClassNames = [],
            Identity = data.Identity + " targets=pictures",
            Owned = [.. data.Owned, data.Train, data.Validation, data.Test],
        };
    }
}
