using System.CommandLine;
using Golgi.Data;
using Golgi.Instruments.Tickets.Use;
using Golgi.Networks;
using Golgi.Opening;

namespace Golgi.App.Commands.Options;

/// <summary>The argument and the options by which a network is named and prepared: the same on every command that takes one.</summary>
internal sealed class NetworkOptions
{
    /// <summary>Declares them.</summary>
    /// <param name="otherwise">What is taken where no network is named, for help; null: one must be named.</param>
    public NetworkOptions(string? otherwise = null) => Network = new("NETWORK")
    {
        Description = $"The network: {NetworkReference.Usage}.{(otherwise is null ? "" : $" Default: {otherwise}.")}",
        Arity = otherwise is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    public Argument<string?> Network { get; }

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Data set that the network is looked at with. Default: the one that its run was trained on.",
    };

    public Option<string?> Checkpoint { get; } = new("--checkpoint")
    {
        Description = "Which of the run's checkpoints: final, best, step-00001000; the same as RUN#CHECKPOINT. Default: final.",
    };

    public Option<string?> Preprocess { get; } = new("--preprocess")
    {
        Description = $"How inputs are prepared, the same as NETWORK@PREPARATION: {string.Join(", ", PreprocessingPresets.Names)}. "
            + "Default: as is known of the file, or as the data set has it.",
    };

    public Option<string?> Mean { get; } = new("--mean") { Description = "Mean per channel of pixels in [0, 1], such as 0.485,0.456,0.406." };

    public Option<string?> Std { get; } = new("--std") { Description = "Standard deviation per channel of pixels in [0, 1]." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Network);
        AddOptionsTo(command);
    }

    /// <summary>The options without the argument, where several networks of one kind are named.</summary>
    public void AddOptionsTo(Command command)
    {
        Option[] all = [Data, Checkpoint, Preprocess, Mean, Std];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>Opens the network; the caller owns it.</summary>
    public Specimen Open(Session session) => Open(session, session.Value(Network)!);

    /// <summary>Opens a network of a name, as the options say; the caller owns it.</summary>
    public Specimen Open(Session session, string reference) => Open(session, NetworkReference.Parse(reference));

    /// <summary>Opens another network with the data of the first. The options speak of the first; what there is to say of the other follows its
    /// name. The caller owns it.</summary>
    public Specimen OpenOther(Session session, string reference, Specimen first) => TicketSpecimen.Open(
        NetworkReference.Parse(reference), session.SpecimenOptions with { Data = session.Value(Data) ?? first.Data?.Name });

    /// <inheritdoc cref="Open(Session, string)"/>
    public Specimen Open(Session session, NetworkReference reference) => TicketSpecimen.Open(reference, session.SpecimenOptions with
    {
        Data = session.Value(Data),
        Checkpoint = session.Value(Checkpoint),
        Preprocessing = PreprocessingChoice.Of(session.Value(Preprocess), session.Value(Mean), session.Value(Std)),
    });
}
