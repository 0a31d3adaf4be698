namespace Golgi.App.Report.Plots;

/// <summary>Anything that can be drawn into a dossier.</summary>
internal interface IFigure
{
    /// <summary>Draws it.</summary>
    /// <returns>One <c>svg</c> element that takes its colors from the dossier's style sheet, so that it is right in light and dark.</returns>
    string ToSvg();
}
