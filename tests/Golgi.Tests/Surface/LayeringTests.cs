using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Golgi.Numerics;
using Xunit;

namespace Golgi.Tests.Surface;

/// <summary>Dependencies point one way: numerics, the foundation, instruments, the tool.</summary>
public sealed class LayeringTests
{
    private static readonly string[] Foundation =
        ["Weights", "Activations", "Sampling", "Training", "Data", "Models", "Interchange", "Runs"];

    private static readonly string[] Instruments =
        ["Tickets", "Dimension", "Similarity", "Gans", "Coordinates", "Synthesis", "Explanation"];

    [Fact]
    public void Every_namespace_of_the_library_is_one_of_the_design()
    {
        string[] known = ["Numerics", .. Foundation, .. Instruments];
        string[] unknown = [.. Uses().Select(use => use.From).Distinct().Except(known)];

        Assert.Empty(unknown);
    }

    [Fact]
    public void Numerics_uses_nothing_above_it()
    {
        (string, string)[] upward = [.. Uses().Where(use => use.From == "Numerics" && use.To != "Numerics")];

        Assert.Empty(upward);
    }

    [Fact]
    public void The_foundation_uses_no_instrument()
    {
        (string, string)[] upward = [.. Uses().Where(use => Foundation.Contains(use.From) && Instruments.Contains(use.To))];

        Assert.Empty(upward);
    }

    [Fact]
    public void Instruments_do_not_use_each_other()
    {
        (string, string)[] sideways =
            [.. Uses().Where(use => Instruments.Contains(use.From) && Instruments.Contains(use.To) && use.From != use.To)];

        Assert.Empty(sideways);
    }

    [Fact]
    public void The_inspection_sees_what_the_code_uses()
    {
        // Specimen names Preprocessing in its signature; Check is called in the bodies of Data only.
        Assert.Contains(("Models", "Data"), Uses());
        Assert.Contains(("Data", "Numerics"), Uses());
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
    private static HashSet<(string From, string To)> Uses()
    {
        var assembly = typeof(Check).Assembly;
        var uses = new HashSet<(string, string)>();
        foreach (var type in assembly.GetTypes())
        {
            if (Part(type) is not { } from) continue;
            foreach (var used in Named(type).SelectMany(Parts).Where(used => used.Assembly == assembly))
            {
                if (Part(used) is { } to) uses.Add((from, to));
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

    private static string? Part(Type type) =>
        type.Namespace is { } name && name.StartsWith("Golgi.", StringComparison.Ordinal) ? name.Split('.')[1] : null;
}
