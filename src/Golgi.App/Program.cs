using Golgi.App.Commands;

using var interruption = new Interruption(Console.Error);
return Launcher.Run(args, Console.Out, Console.Error, interruption.Token);
