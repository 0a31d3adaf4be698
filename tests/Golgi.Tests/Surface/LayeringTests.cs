using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Reflection;
using Golgi.Foundation;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Surface;

/// <summary>Dependencies point one way: each room of the library uses only rooms before it, and instruments do not use each other.</summary>
public sealed class LayeringTests
{
    private const string Instruments = "Instruments";

    private static readonly string[] Order =
    [
        "Foundation", "Native", "Numerics", "Imaging", "Tensors", "Data", "Runs", "Weights", "Networks", "Training", "Inspection", "Sampling",
        "Ascent", "Scores", "Environments", "Interchange", "Opening", "Jobs", "Published", Instruments,
    ];

    private static readonly string[] KnownInstruments =
        ["Tickets", "Dimension", "Similarity", "Synthesis", "Coordinates", "Gans", "Generators", "Explanation", "Control"];

    private static readonly HashSet<(string From, string To)> Uses = Read();

    [Fact]
    public void Every_namespace_of_the_library_is_one_of_the_design()
    {
        string[] known = [.. Order.Except([Instruments]), .. KnownInstruments.Select(name => $"{Instruments}.{name}")];
        string[] unknown = [.. Uses.Select(use => Room(use.From)).Distinct().Except(known)];

        Assert.Empty(unknown);
    }

    [Fact]
    public void A_room_uses_only_rooms_before_it()
    {
        (string, string)[] upward = [.. Uses.Where(use => Rank(use.To) > Rank(use.From))];

        Assert.Empty(upward);
    }

    [Fact]
    public void Instruments_do_not_use_each_other()
    {
        (string, string)[] sideways =
            [.. Uses.Where(use => Rank(use.From) == Order.Length - 1 && Rank(use.To) == Order.Length - 1 && Room(use.From) != Room(use.To))];

        Assert.Empty(sideways);
    }

    [Fact]
    public void No_folders_beside_each_other_in_a_room_use_each_other_in_a_circle()
    {
        // A folder and those inside it are one thing; a circle is one among folders of which none contains another.
        var beside = Uses.Where(use => !Contains(use.From, use.To) && !Contains(use.To, use.From)).ToLookup(use => use.From, use => use.To);
        string[] circles = [.. beside.Select(from => from.Key).Where(start => Reached(start).Contains(start))];

        Assert.Empty(circles);

        HashSet<string> Reached(string start)
        {
            var reached = new HashSet<string>();
            var open = new Queue<string>(beside[start]);
            while (open.TryDequeue(out string? next))
            {
                if (!reached.Add(next)) continue;
                foreach (string further in beside[next]) open.Enqueue(further);
            }

            return reached;
        }
    }

    [Fact]
    public void A_namespace_is_a_folder()
    {
        string library = Path.Combine(Repository.Root, "src", "Golgi");
        string[] astray =
        [
            .. Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(library, file))
                .Where(file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
                .Where(file => !File.ReadLines(Path.Combine(library, file)).Contains(
                    $"namespace Golgi.{Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.')};")),
        ];

        Assert.Empty(astray);
    }

    [Fact]
    public void The_inspection_sees_what_the_code_uses()
    {
        // Specimen names Preprocessing in its signature; Check is called in the bodies of Data only.
        Assert.Contains(("Networks", "Data"), Uses);
        Assert.Contains(("Data", "Foundation"), Uses);
    }

    [Fact]
    public void The_library_does_not_use_the_console_or_native_packages()
    {
        using var file = new PEReader(File.OpenRead(typeof(Check).Assembly.Location));
        var reader = file.GetMetadataReader();
        string[] types = [.. reader.TypeReferences.Select(handle => reader.GetTypeReference(handle)).Select(type => reader.GetString(type.Name))];

        Assert.DoesNotContain("Console", types);
        Assert.DoesNotContain("Spectre.Console", typeof(Check).Assembly.GetReferencedAssemblies().Select(name => name.Name));
    }

    /// <summary>Which namespaces name which, in signatures and in code, by the tokens of the compiled library.</summary>
    private static HashSet<(string From, string To)> Read()
    {
        var assembly = typeof(Check).Assembly;
        var uses = new HashSet<(string, string)>();
        foreach (var type in assembly.GetTypes())
        {
            if (Folder(type) is not { } from) continue;
            foreach (var used in Named(type).SelectMany(Parts).Where(used => used.Assembly == assembly))
            {
                if (Folder(used) is { } to && to != from) uses.Add((from, to));
            }
        }

        return uses;
    }

    private static IEnumerable<Type> Named(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        if (type.BaseType is not null) yield return type.BaseType;
        foreach (var implemented in type.GetInterfaces()) yield return implemented;
        foreach (var field in type.GetFields(All)) yield return field.FieldType;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            if (method is MethodInfo { ReturnType: var result }) yield return result;
            foreach (var used in InBody(method)) yield return used;
        }
    }

    /// <summary>Types behind every four bytes of a body that are a valid token: a few may be no operands, none is missed.</summary>
    private static IEnumerable<Type> InBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;

        byte[] code = body.GetILAsByteArray() ?? [];
        for (int i = 0; i + 5 <= code.Length; i++)
        {
            if (!TakesToken(code, i)) continue;
            if (Resolve(method, BitConverter.ToInt32(code, i + 1)) is not { } member) continue;
            yield return member as Type ?? member.DeclaringType!;
            if (member is MethodInfo { IsGenericMethod: true } generic)
            {
                foreach (var argument in generic.GetGenericArguments()) yield return argument;
            }
        }
    }

    /// <summary>call, newobj, ldfld and its kin, castclass, isinst, box, newarr, ldtoken; and the two-byte ldftn, initobj.</summary>
    private static bool TakesToken(byte[] code, int at) => code[at]
        is 0x28 or 0x6F or 0x73 or 0x7B or 0x7C or 0x7D or 0x7E or 0x7F or 0x80 or 0x74 or 0x75 or 0x8C or 0x8D or 0xA5 or 0xD0
        || (at > 0 && code[at - 1] == 0xFE && code[at] is 0x06 or 0x07 or 0x15);

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        try
        {
            var typeArguments = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            return method.Module.ResolveMember(token, typeArguments, methodArguments);
        }
        catch (Exception error) when (error is ArgumentException or BadImageFormatException)
        {
            return null; // not an operand after all
        }
    }

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type) : [type];
    }

    private static string? Folder(Type type) =>
        type.Namespace is { } name && name.StartsWith("Golgi.", StringComparison.Ordinal) ? name["Golgi.".Length..] : null;

    /// <summary>The first part of a folder's name; of an instrument's the first two.</summary>
    private static string Room(string folder) =>
        string.Join('.', folder.Split('.').Take(folder.StartsWith(Instruments, StringComparison.Ordinal) ? 2 : 1));

    private static int Rank(string folder) => Array.IndexOf(Order, folder.Split('.')[0]);

    private static bool Contains(string outer, string inner) => inner.StartsWith(outer + ".", StringComparison.Ordinal);
}
