namespace Golgi.Data;

/// <summary>A part of a data set.</summary>
public enum DataPart
{
    /// <summary>What networks are trained on.</summary>
    Train,

    /// <summary>What is held out of training, to choose by.</summary>
    Validation,

    /// <summary>What nothing was chosen by.</summary>
    Test,
}
