using System.CommandLine;
using Golgi.Networks;
using Golgi.Opening;

namespace Golgi.App.Commands.See;

/// <summary>The argument and the options that say which network is looked at, and with which data.</summary>
internal sealed class NetworkChoice
{
    public Argument<string> Network { get; } = new("MODEL") { Description = $"The network: {NetworkReference.Usage}." };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Data set that it is looked at with. Default: the one that the run was trained on.",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Network);
        command.Options.Add(Data);
    }

    public Specimen Open(Session session) => SpecimenSource.Open(session.Value(Network), new SpecimenOptions
    {
        RunsFolder = session.RunsFolder,
        Data = session.Value(Data),
        DataFolder = session.DataFolder,
        Device = session.Device,
    });
}
