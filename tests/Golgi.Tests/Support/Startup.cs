using System.Runtime.CompilerServices;
using Golgi.Native;

namespace Golgi.Tests.Support;

internal static class Startup
{
    /// <summary>Before the first tensor of any test; tests share their processors with each other.</summary>
    [ModuleInitializer]
    internal static void Run()
    {
        OpenMp.WaitBriefly();
        LargeBlocks.KeepWhenFreed();
    }
}
