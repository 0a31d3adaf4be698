using Golgi.App.Commands;
using Golgi.App.Doctor;
using Golgi.Native;

OpenMp.WaitBriefly();
LargeBlocks.KeepWhenFreed();
if (LibtorchContext.IsWanted) return LibtorchContext.Run(args);

LibtorchFailure.Watch();
using var interruption = new Interruption(Console.Error);
return Launcher.Run(args, Console.Out, Console.Error, interruption.Token);
