namespace Golgi.Interchange.Onnx.Inference;

/// <summary>How a two-dimensional window slides: rows first, then columns.</summary>
internal sealed record ConvolutionShape(
    (int Rows, int Columns) Kernel, (int Rows, int Columns) Stride, (int Rows, int Columns) Padding, (int Rows, int Columns) Dilation)
{
    /// <summary>Rows and columns of the output; 0 or less where the window does not fit.</summary>
    public (int Rows, int Columns) Output(int rows, int columns) =>
        (Size(rows, Kernel.Rows, Stride.Rows, Padding.Rows, Dilation.Rows), Size(
            columns, Kernel.Columns, Stride.Columns, Padding.Columns, Dilation.Columns));

    private static int Size(int input, int kernel, int stride, int padding, int dilation)
    {
        int room = input + (2 * padding) - (((kernel - 1) * dilation) + 1);
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
