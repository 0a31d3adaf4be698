namespace Golgi.Native;

/// <summary>What became of a repair.</summary>
public enum NativeRepairState
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It follows at the first call of libtorch.</summary>
    Pending,

    /// <summary>Nothing is wrong here, or the user's environment already says how it should be.</summary>
    NotNeeded,

    /// <summary>It was switched off.</summary>
    LeftOut,

    /// <summary>It was not possible; something slower that is right was done instead.</summary>
    Instead,

    /// <summary>libtorch was already there when it was asked for.</summary>
    TooLate,

    /// <summary>It is not possible in this process.</summary>
    Impossible,
}
