using Golgi.App.Commands;
using Golgi.App.Doctor;
using Golgi.Native;

if (LibtorchContext.IsWanted) return LibtorchContext.Run(args); // which comes here again, with assemblies of its own

try
{
    NativeRepairs.Apply();
}
catch (ArgumentException error)
{
    Console.Error.WriteLine($"golgi: {error.Message}");
    return ExitCode.BadInput;
}

LibtorchFailure.Watch();
using var interruption = new Interruption(Console.Error);
return Launcher.Run(args, Console.Out, Console.Error, interruption.Token);
