using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Golgi.Mutate;

/// <summary>Writes all mutants of a file into it, each behind a switch: <c>Mutants.On(17) ? a - b : a + b</c>. Thus one build serves all
/// of them (Untch, Offutt and Harrold, 1993).</summary>
internal sealed class Schemata(ILookup<SyntaxNode, (int Id, Site Site)> sites) : CSharpSyntaxRewriter
{
    /// <summary>The annotation that a switched node bears; its data is the mutant's number.</summary>
    public const string Mark = "mutant";

    /// <summary>The switch: which mutant is on, and, while recording, which were met.</summary>
    public const string Switch = """
        namespace Golgi
        {
            [global::System.CodeDom.Compiler.GeneratedCode("mutate", "1")]
            internal static class Mutants
            {
                internal static int Active = int.TryParse(global::System.Environment.GetEnvironmentVariable("GOLGI_MUTANT"), out int id) ? id : -1;
                internal static bool[]? Met;
                internal static bool On(int id)
                {
                    if (Active == id) return true;
                    var met = Met;
                    if (met is not null) met[id] = true;
                    return false;
                }
            }
        }
        """;

    /// <inheritdoc/>
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        var seen = base.Visit(node);
        if (node is null || !sites.Contains(node)) return seen;
        foreach (var (id, site) in sites[node])
        {
            seen = seen switch
            {
                StatementSyntax statement => Switched(id, site, statement),
                ExpressionSyntax expression => Switched(id, site, expression),
                _ => throw new InvalidOperationException($"{node.Kind()} is neither a statement nor an expression."),
            };
            seen = seen.WithAdditionalAnnotations(new SyntaxAnnotation(Mark, id.ToString(CultureInfo.InvariantCulture)));
        }

        return seen;
    }

    private static IfStatementSyntax Switched(int id, Site site, StatementSyntax statement)
    {
        var block = Block(statement);
        if (site.Changed is null) return IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, On(id)), block);
        return IfStatement(On(id), Block((StatementSyntax)site.Changed), ElseClause(block));
    }

    private static ParenthesizedExpressionSyntax Switched(int id, Site site, ExpressionSyntax expression)
    {
        var here = ParenthesizedExpression(expression.WithoutTrivia());
        ExpressionSyntax both = site.Kind != "condition"
            ? ConditionalExpression(On(id), ParenthesizedExpression((ExpressionSyntax)site.Changed!), here)
            : site.Changed.IsKind(SyntaxKind.TrueLiteralExpression) // in forms that keep what the compiler knows of assigned variables
                ? BinaryExpression(SyntaxKind.LogicalOrExpression, On(id), here)
                : BinaryExpression(SyntaxKind.LogicalAndExpression, PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, On(id)), here);
        return ParenthesizedExpression(both).WithTriviaFrom(expression);
    }

    private static ExpressionSyntax On(int id) => ParseExpression($"global::Golgi.Mutants.On({id})");
}
