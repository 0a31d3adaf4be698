using System.Runtime.CompilerServices;
using Golgi.Native;

namespace Golgi.Tests.Support;

internal static class Startup
{
    /// <summary>Set in processes of tests that ask what is so without the door.</summary>
    public const string Closed = "GOLGI_TESTS_WITHOUT_REPAIRS";

    /// <summary>Before the first tensor of any test; tests share their processors with each other.</summary>
    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Closed) is null) NativeRepairs.Apply();
    }
}
