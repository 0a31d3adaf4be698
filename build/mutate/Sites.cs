using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Golgi.Mutate;

/// <summary>Lists the mutation sites of a file by its syntax; types are asked for where the syntax does not tell.</summary>
internal sealed class Sites(string folder, string path, SemanticModel model)
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Binary = new()
    {
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.LeftShiftExpression] = [SyntaxKind.RightShiftExpression],
        [SyntaxKind.RightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.BitwiseAndExpression] = [SyntaxKind.BitwiseOrExpression],
        [SyntaxKind.BitwiseOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.ExclusiveOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
    };

    private static readonly Dictionary<SyntaxKind, SyntaxKind> Compound = new()
    {
        [SyntaxKind.AddAssignmentExpression] = SyntaxKind.SubtractAssignmentExpression,
        [SyntaxKind.SubtractAssignmentExpression] = SyntaxKind.AddAssignmentExpression,
        [SyntaxKind.MultiplyAssignmentExpression] = SyntaxKind.DivideAssignmentExpression,
        [SyntaxKind.DivideAssignmentExpression] = SyntaxKind.MultiplyAssignmentExpression,
    };

    private readonly List<Site> found = [];
    private readonly Dictionary<string, int> counts = [];

    /// <summary>All sites, in the order of the text.</summary>
    public IReadOnlyList<Site> List()
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes(Descend))
        {
            switch (node)
            {
                case BinaryExpressionSyntax binary: OfBinary(binary); break;
                case PrefixUnaryExpressionSyntax unary: OfUnary(unary); break;
                case LiteralExpressionSyntax literal: OfLiteral(literal); break;
                case ReturnStatementSyntax { Expression: { } value }: OfReturn(value); break;
                case ArrowExpressionClauseSyntax { Expression: { } value }: OfReturn(value); break;
                case ExpressionStatementSyntax statement: OfStatement(statement); break;
                default: break;
            }

            if (Condition(node) is { } condition) OfCondition(condition, node is not WhileStatementSyntax);
        }

        return found;
    }

    // What must be a constant, and what is only said in messages, has no sites.
    private static bool Descend(SyntaxNode node) => node switch
    {
        AttributeListSyntax or EnumDeclarationSyntax or ParameterSyntax or SwitchLabelSyntax or PatternSyntax or ThrowStatementSyntax
            or ThrowExpressionSyntax => false,
        FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        LocalDeclarationStatementSyntax local => !local.IsConst,
        _ => true,
    };

    private static ExpressionSyntax? Condition(SyntaxNode node) => node switch
    {
        IfStatementSyntax choice => choice.Condition,
        WhileStatementSyntax loop => loop.Condition,
        ConditionalExpressionSyntax choice => choice.Condition,
        _ => null,
    };

    private static bool Declares(SyntaxNode node) =>
        node.DescendantNodesAndSelf().Any(inner => inner is DeclarationExpressionSyntax or SingleVariableDesignationSyntax);

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private void OfBinary(BinaryExpressionSyntax node)
    {
        if (!Binary.TryGetValue(node.Kind(), out var others) || Declares(node)) return;
        if (model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String) return;
        string kind = node.Kind() switch
        {
            >= SyntaxKind.LogicalOrExpression and <= SyntaxKind.LogicalAndExpression => "logic",
            >= SyntaxKind.EqualsExpression and <= SyntaxKind.GreaterThanOrEqualExpression => "comparison",
            _ => "arithmetic",
        };
        foreach (var other in others)
        {
            Add(kind, node, BinaryExpression(other, Parenthesized(node.Left), Parenthesized(node.Right)), $"{Short(node)} -> {Symbol(other)}");
        }
    }

    private void OfUnary(PrefixUnaryExpressionSyntax node)
    {
        if (Declares(node)) return;
        if (node.IsKind(SyntaxKind.LogicalNotExpression)) Add("logic", node, node.Operand, $"{Short(node)} -> without !");
        if (node.IsKind(SyntaxKind.UnaryMinusExpression)) Add("arithmetic", node, node.Operand, $"{Short(node)} -> without -");
    }

    private void OfLiteral(LiteralExpressionSyntax node)
    {
        const SyntaxKind yes = SyntaxKind.TrueLiteralExpression, no = SyntaxKind.FalseLiteralExpression;
        if (node.IsKind(yes)) Add("constant", node, LiteralExpression(no), "true -> false");
        if (node.IsKind(no)) Add("constant", node, LiteralExpression(yes), "false -> true");
        if (!node.IsKind(SyntaxKind.NumericLiteralExpression)) return;
        var type = model.GetTypeInfo(node).ConvertedType;
        ExpressionSyntax more = Parenthesized(BinaryExpression(SyntaxKind.AddExpression, node.WithoutTrivia(), ParseExpression("1")));
        if (IsNumber(type)) more = CastExpression(ParseTypeName(type!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)), more);
        Add("constant", node, more, $"{node} -> {node} + 1");
    }

    private void OfReturn(ExpressionSyntax node)
    {
        var bare = node;
        while (bare is ParenthesizedExpressionSyntax inner) bare = inner.Expression;
        if (bare is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or LiteralExpressionSyntax || Declares(node)) return;
        var type = model.GetTypeInfo(node).Type;
        if (type?.SpecialType == SpecialType.System_Boolean)
        {
            Add("return", node, PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Parenthesized(node)), $"{Short(node)} -> its opposite");
        }
        else if (IsNumber(type))
        {
            Add("return", node, LiteralExpression(SyntaxKind.DefaultLiteralExpression), $"{Short(node)} -> 0");
        }
    }

    private void OfCondition(ExpressionSyntax node, bool both)
    {
        if (node is LiteralExpressionSyntax) return;
        Add("condition", node, LiteralExpression(SyntaxKind.FalseLiteralExpression), $"{Short(node)} -> false");
        if (both && !Declares(node)) Add("condition", node, LiteralExpression(SyntaxKind.TrueLiteralExpression), $"{Short(node)} -> true");
    }

    private void OfStatement(ExpressionStatementSyntax node)
    {
        if (Declares(node)) return;
        if (node.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" } }) return;
        Add("statement", node, null, $"{Short(node)} -> nothing");
        if (node.Expression is AssignmentExpressionSyntax assignment && Compound.TryGetValue(assignment.Kind(), out var other))
        {
            var changed = ExpressionStatement(AssignmentExpression(other, assignment.Left.WithoutTrivia(), assignment.Right.WithoutTrivia()));
            Add("arithmetic", node, changed, $"{Short(node)} -> {Symbol(other)}");
        }
    }

    private void Add(string kind, SyntaxNode node, SyntaxNode? changed, string change)
    {
        var member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(outer => outer is not BaseTypeDeclarationSyntax);
        string name = string.Join('\n', System.IO.Path.GetFileName(path), NameOf(member), kind, change, Short(node.Parent!));
        counts[name] = counts.GetValueOrDefault(name) + 1;
        int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        found.Add(new Site(folder, path, line, kind, change, name + "\n" + counts[name], node, changed));
    }

    private static string NameOf(MemberDeclarationSyntax? member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        null => "",
        _ => member.Kind().ToString(),
    };

    private static string Short(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text[..97] + "...";
    }

    private static ParenthesizedExpressionSyntax Parenthesized(ExpressionSyntax node) => ParenthesizedExpression(node.WithoutTrivia());

    private static string Symbol(SyntaxKind kind) => kind switch
    {
        SyntaxKind.AddExpression => "+",
        SyntaxKind.SubtractExpression => "-",
        SyntaxKind.MultiplyExpression => "*",
        SyntaxKind.DivideExpression => "/",
        SyntaxKind.LeftShiftExpression => "<<",
        SyntaxKind.RightShiftExpression => ">>",
        SyntaxKind.BitwiseAndExpression => "&",
        SyntaxKind.BitwiseOrExpression => "|",
        SyntaxKind.LessThanExpression => "<",
        SyntaxKind.LessThanOrEqualExpression => "<=",
        SyntaxKind.GreaterThanExpression => ">",
        SyntaxKind.GreaterThanOrEqualExpression => ">=",
        SyntaxKind.EqualsExpression => "==",
        SyntaxKind.NotEqualsExpression => "!=",
        SyntaxKind.LogicalAndExpression => "&&",
        SyntaxKind.LogicalOrExpression => "||",
        SyntaxKind.AddAssignmentExpression => "+=",
        SyntaxKind.SubtractAssignmentExpression => "-=",
        SyntaxKind.MultiplyAssignmentExpression => "*=",
        _ => "/=",
    };
}
