using Golgi.Interchange.Wire;

namespace Golgi.Interchange.Onnx;

/// <summary>Parses ONNX files. Field numbers are those of onnx.proto (IR version 3 to 10); unknown fields are passed over.</summary>
public static class OnnxReader
{
    /// <summary>Reads a file. Weights stay slices of its bytes, or references to external files.</summary>
    /// <exception cref="InvalidDataException">It is not a whole ONNX file; the message gives path and offset.</exception>
    public static OnnxModel Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (new FileInfo(path).Length > Array.MaxLength)
        {
            throw new InvalidDataException($"{path}: an ONNX file is smaller than 2 GB; larger models keep their weights in external files.");
        }
        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Parses a model in memory; <paramref name="path"/> serves messages and the search for external files.</summary>
    /// <exception cref="InvalidDataException">It is not a whole ONNX file.</exception>
    public static OnnxModel Parse(string path, ReadOnlyMemory<byte> bytes)
    {
        var model = new OnnxModel { IrVersion = 0 };
        var reader = new WireReader(path, bytes);
        bool graph = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: model.IrVersion = reader.Integer(); break;
                case 2: model.Producer = reader.Text(); break;
                case 7: model.Graph = Graph(path, reader.Message()); graph = true; break;
                case 8: Opset(reader.Message(), model); break;
                case 14: Pair(reader.Message(), model.Metadata); break;
                case 25: model.Functions.Add(Function(reader.Message())); break;
                default: reader.Skip(); break;
            }
        }

        if (!graph || model.IrVersion <= 0)
        {
            throw new InvalidDataException($"{path}: this is not an ONNX model: it has no {(graph ? "IR version" : "graph")}.");
        }
        return model;
    }

    /// <summary>Parses a lone tensor (the <c>.pb</c> files of ONNX's test cases).</summary>
    /// <exception cref="InvalidDataException">It is not a whole tensor.</exception>
    public static OnnxTensor ParseTensor(string path, ReadOnlyMemory<byte> bytes) => Tensor(path, new WireReader(path, bytes));

    private static OnnxGraph Graph(string path, WireReader reader)
    {
        var graph = new OnnxGraph();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: graph.Nodes.Add(Node(path, reader.Message())); break;
                case 2: graph.Name = reader.Text(); break;
                case 5: graph.Initializers.Add(Tensor(path, reader.Message())); break;
                case 11: graph.Inputs.Add(Value(reader.Message())); break;
                case 12: graph.Outputs.Add(Value(reader.Message())); break;
                case 13: graph.Values.Add(Value(reader.Message())); break;
                case 15: throw reader.Bad("the graph has sparse initializers, which Golgi does not read");
                default: reader.Skip(); break;
            }
        }

        return graph;
    }

    private static OnnxNode Node(string path, WireReader reader)
    {
        var node = new OnnxNode();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: node.Inputs.Add(reader.Text()); break;
                case 2: node.Outputs.Add(reader.Text()); break;
                case 3: node.Name = reader.Text(); break;
                case 4: node.Operator = reader.Text(); break;
                case 5:
                    var (name, attribute) = Attribute(path, reader.Message());
                    node.Attributes[name] = attribute;
                    break;
                case 7: node.Domain = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        if (node.Domain == "ai.onnx") node.Domain = "";
        return node;
    }

    private static (string Name, OnnxAttribute Attribute) Attribute(string path, WireReader reader)
    {
        string name = "";
        int kind = 0;
        var attribute = new OnnxAttribute();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: attribute.Float = reader.Float(); attribute.Kind = 1; break;
                case 3: attribute.Integer = reader.Integer(); attribute.Kind = 2; break;
                case 4: attribute.Text = reader.Text(); attribute.Kind = 3; break;
                case 5: attribute.Tensor = Tensor(path, reader.Message()); attribute.Kind = 4; break;
                case 6: attribute.Graph = Graph(path, reader.Message()); attribute.Kind = 5; break;
                case 7: reader.Floats(attribute.Floats); attribute.Kind = 6; break;
                case 8: reader.Integers(attribute.Integers); attribute.Kind = 7; break;
                case 9: attribute.Texts.Add(reader.Text()); attribute.Kind = 8; break;
                case 20: kind = (int)reader.Integer(); break;
                case 21: attribute.IsReference = reader.Text().Length > 0; break;
                default: reader.Skip(); break;
            }
        }

        if (kind != 0) attribute.Kind = kind;
        if (attribute.Kind == 4) attribute.Tensor ??= new OnnxTensor { ElementType = OnnxElement.Float, Source = path };
        return (name, attribute);
    }

    private static OnnxTensor Tensor(string path, WireReader reader)
    {
        var tensor = new OnnxTensor { Source = path };
        var shape = new List<long>();
        var external = new Dictionary<string, string>();
        bool elsewhere = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: reader.Integers(shape); break;
                case 2: tensor.ElementType = (int)reader.Integer(); break;
                case 4: reader.Floats(tensor.Floats); break;
                case 5 or 7 or 11: reader.Integers(tensor.Integers); break;
                case 8: tensor.Name = tensor.Name.Length == 0 ? reader.Text() : tensor.Name + reader.Text(); break;
                case 9: tensor.Raw = reader.Bytes(); break;
                case 10: reader.Doubles(tensor.Doubles); break;
                case 13: Pair(reader.Message(), external); break;
                case 14: elsewhere = reader.Integer() == 1; break;
                default: reader.Skip(); break;
            }
        }

        tensor.Shape = shape;
        if (elsewhere) tensor.External = External(path, external);
        return tensor;
    }

    private static OnnxExternal External(string path, Dictionary<string, string> entries)
    {
        long Number(string key, long missing) => !entries.TryGetValue(key, out string? text) ? missing
            : long.TryParse(text, out long value) && value >= 0 ? value
            : throw new InvalidDataException($"{path}: external data has {key} '{text}', which is not a number of bytes.");
        return new OnnxExternal(
            Path.GetDirectoryName(Path.GetFullPath(path))
                ?? ".", entries.GetValueOrDefault("location", ""), Number("offset", 0), Number("length", -1));
    }

    private static OnnxValue Value(WireReader reader)
    {
        var value = new OnnxValue("", 0, null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: value = value with { Name = reader.Text() }; break;
                case 2: value = Type(reader.Message(), value); break;
                default: reader.Skip(); break;
            }
        }

        return value;
    }

    private static OnnxValue Type(WireReader reader, OnnxValue value)
    {
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                if (reader.Field is 4 or 5 or 8 or 9) value = value with { IsNotTensor = true };
                reader.Skip();
                continue;
            }

            var tensor = reader.Message();
            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1: value = value with { ElementType = (int)tensor.Integer() }; break;
                    case 2: value = Shape(tensor.Message(), value); break;
                    default: tensor.Skip(); break;
                }
            }
        }

        return value;
    }

    private static OnnxValue Shape(WireReader reader, OnnxValue value)
    {
        var sizes = new List<long>();
        var names = new List<string>();
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            long size = -1;
            string name = "";
            var dimension = reader.Message();
            while (dimension.Next())
            {
                switch (dimension.Field)
                {
                    case 1: size = dimension.Integer(); break;
                    case 2: name = dimension.Text(); break;
                    default: dimension.Skip(); break;
                }
            }

            sizes.Add(size);
            names.Add(name);
        }

        return value with { Shape = sizes, OpenNames = names };
    }

    private static void Opset(WireReader reader, OnnxModel model)
    {
        string domain = "";
        long version = 1;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: domain = reader.Text(); break;
                case 2: version = reader.Integer(); break;
                default: reader.Skip(); break;
            }
        }

        model.Opsets[domain == "ai.onnx" ? "" : domain] = version;
    }

    private static string Function(WireReader reader)
    {
        string name = "", domain = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 10: domain = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return $"{domain}.{name}";
    }

    private static void Pair(WireReader reader, Dictionary<string, string> pairs)
    {
        string key = "", value = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: key = reader.Text(); break;
                case 2: value = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        pairs[key] = value;
    }
}
