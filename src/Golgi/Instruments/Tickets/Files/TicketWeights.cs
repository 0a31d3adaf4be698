namespace Golgi.Instruments.Tickets.Files;

/// <summary>What lies under a ticket's mask.</summary>
public enum TicketWeights
{
    /// <summary>The first weights, as the seed gives them.</summary>
    Initial,

    /// <summary>Their signs, times the standard deviation of each layer.</summary>
    SignedConstant,

    /// <summary>Trained weights, stored with the mask.</summary>
    Trained,
}
