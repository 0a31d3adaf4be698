using System.Globalization;
using System.Reflection;
using System.Text;

/// <summary>The far side of <c>Golgi.Mutate.Worker</c>: .NET calls it in the tests' process before their own entry point. It answers
/// "classes" and "MUTANT|RECORD|FILTERS" with a line each, and never returns.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null); // the tests start processes too
        var back = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var requests = new StreamReader(Console.OpenStandardInput());
        var tests = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Golgi.Tests.dll"));
        Assembly.SetEntryAssembly(tests);
        var mutants = Assembly.Load("Golgi").GetType("Golgi.Mutants")!;
        var active = mutants.GetField("Active", BindingFlags.Static | BindingFlags.NonPublic)!;
        var met = mutants.GetField("Met", BindingFlags.Static | BindingFlags.NonPublic)!;
        var runner = Assembly.Load("xunit.v3.runner.inproc.console").GetType("Xunit.Runner.InProc.SystemConsole.ConsoleRunner")!;
        var run = runner.GetMethod("Run", [typeof(string[])])!;

        while (requests.ReadLine() is { } request)
        {
            if (request == "classes")
            {
                var classes = tests.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && type.GetMethods().Any(IsTest));
                back.WriteLine("\u0001" + string.Join(';', classes.Select(type => type.FullName)));
                continue;
            }

            var words = request.Split('|');
            Environment.SetEnvironmentVariable("GOLGI_MUTANT", words[0]);
            var hits = words[1] == "0" ? null : new bool[int.Parse(words[1], CultureInfo.InvariantCulture)];
            met.SetValue(null, hits);
            active.SetValue(null, int.Parse(words[0], CultureInfo.InvariantCulture));
            string[] args = ["-noColor", "-noLogo", "-noAutoReporters", "-stopOnFail", "-trait-", "Speed=Slow", .. words[2].Split(';')];
            var said = new StringWriter();
            Console.SetOut(said);
            Console.SetError(said);
            int code = ((Task<int>)run.Invoke(null, [args])!).GetAwaiter().GetResult();
            active.SetValue(null, -1);
            met.SetValue(null, null);
            var failed = said.ToString().Split('\n').FirstOrDefault(line => line.Contains("[FAIL]", StringComparison.Ordinal))?.Trim() ?? "";
            var answer = new StringBuilder("\u0001").Append(code).Append('|').Append(failed.Replace('|', '/')).Append('|');
            if (hits is not null) answer.AppendJoin(',', Enumerable.Range(0, hits.Length).Where(id => hits[id]));
            back.WriteLine(answer);
        }

        Environment.Exit(0);
    }

    private static bool IsTest(MethodInfo method) => method.CustomAttributes.Any(attribute =>
    {
        for (var type = attribute.AttributeType; type is not null; type = type.BaseType)
        {
            if (type.Name == "FactAttribute") return true;
        }

        return false;
    });
}
