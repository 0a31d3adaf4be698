using TorchSharp;

namespace Golgi.App.Commands;

/// <summary>From <c>--device</c> to a device that is there.</summary>
internal static class Devices
{
    /// <summary>Opens a device; loads libtorch.</summary>
    /// <exception cref="ArgumentException">This libtorch, or this machine, has no such device.</exception>
    public static torch.Device Open(string name)
    {
        if (name.StartsWith("cuda", StringComparison.Ordinal))
        {
            int index = name.Contains(':') ? int.Parse(name[(name.IndexOf(':') + 1)..]) : 0;
            int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
            if (index >= count)
            {
                throw new ArgumentException(
                    $"--device is {name}, and this libtorch sees {count} CUDA devices. Use --device cpu, or set GOLGI_LIBTORCH to the " +
                    "folder of a CUDA build of libtorch; `golgi doctor` tells what is loaded.");
            }
        }

        if (name == "mps" && !torch.mps_is_available())
        {
            throw new ArgumentException("--device is mps, and there is no Metal device here. Use --device cpu; `golgi doctor` tells what is loaded.");
        }

        return torch.device(name);
    }
}
