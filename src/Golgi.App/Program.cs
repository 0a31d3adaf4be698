using Golgi.App.Commands;

return Root.Create().Parse(args).Invoke();
