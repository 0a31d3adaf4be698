namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>What must be done before a criterion can judge.</summary>
public enum Evidence
{
    /// <summary>Nothing: it looks at first weights alone.</summary>
    None,

    /// <summary>The network must be trained.</summary>
    Training,

    /// <summary>Gradients at the first weights, on one batch or on none.</summary>
    Gradient,
}
