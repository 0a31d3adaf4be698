namespace Golgi.Tests.Data;

/// <summary>
/// A tar archive of six small files in CIFAR-10's format, as Python's lzma module compressed it: lzma.compress(tar, format=FORMAT_XZ,
/// check=..., filters=[{'id': FILTER_DELTA, 'dist': 32}, {'id': FILTER_LZMA2, 'dict_size': 65536}]), and the same without the delta filter.
/// File k holds two records with labels k and (k + 3) mod 10; byte i of their pictures is 10 k + i / 64, and 5 more in the second.
/// </summary>
internal static class XzSamples
{
    public const string TarSha256 = "30df2c7a4a45d060cd348bef8b07d638d9bd9e4975836d305f2e29addcbcc129";

    public static byte[] DeltaWithCrc64 => Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgEDAR8hAQjTWrEc4Mf/AYtdADGaSPYdzlw8iThO2IOxADOo+C2CVVM6OQGOLcqsFkI791kcQL4Wj0qaZKfg"
        + "N3/kj0uILAwL0ep26kdKKs1BvwtjeIJLjgbNeagccMTidpGdBPXlMGFn5evIvOMAx8mLGcUkcyUdWJ/HAAQ8giXfQuayUQxdDzNv"
        + "lCNx3CV+S6VtAa39bdPw7atlMaugnhzlliwpDsZ3l8jgP4Aetz11m9mtfYSCge4BlVajUWIy5poGm9gJR/AXtPxd8k4sKgakaUQB"
        + "iFQ55S1VcpvGyE9vmdeOOfcJPIOZyk0rs7DU38kZVjRHYZH8BiPRPFaR4Mee23XbseM2LSt6Yul/OayxSlZUJWEqmX/1mNtEV/C/"
        + "ENDCNSN/qXrLZ6ybVCZUvXT2TDj7BbqJmGSuFb+fN+qruhoh1G9D7Kn64wyYsq7oMDUEIgnbErRTphkDvr8sFEVMkiNcChV6BZQA"
        + "BXJpT4SwxtvZ+g9vzy1ANUjB+I2hdLi3mQsCCHhwUR1fr0di3rOfWD7nRFionCyIveAAAADt9lYHD/WgUwABpwOAkAMAU9KLu7HE"
        + "Z/sCAAAAAARZWg==");

    public static byte[] PlainWithCrc32 => Convert.FromBase64String(
        "/Td6WFoAAAFpIt42AgAhAQgAAADYDyMT4Mf/AaVdADGaSPYdzlw8iThO2IOxADOo+C2CVVM6OQGOLcqsFgBgZN8BEl9SIj0/1o5j"
        + "Hs2yfwh23JkcsceLHS1vpF3wG7Z3F3JKQrVyl1S+mkr7RjRGznQ6LtHGHnK2Ay+8wOcZs28a9w0pSQq7f00ve6Fh3OPvtHINVGX+"
        + "QqsJqIjgWh8jtjjUnbA0BKEpmE1Q3o7N3JEDNHIoHeNijemCQNE3ihnXL3F1zqJa9K8bQ3nkR5mAwGBlsg9/Llhb3LcqOkRvBA1I"
        + "xX56vGjeY2QlNyuXSWcntQiCuMutfi3pPthMrm7F8z8HBXLV4vyrvzfHwpZ0aMTr6lEAcTkiu4t6n5BBGdurHZUy4yYwY4Ko+FgS"
        + "/THMoH3Ok2/a9XivtezPMcdmxr+1bw84Z6Cbpe6obhaiOd2k7oHQ1bePtbLDcJeu8r3I9iRlv3OGFEKX4pu5UdnSb29mP9uBShDA"
        + "wz2kIxjoj65i1o8zNDMNfC76cuGLHxRx3HrrsTDoyBd+rm7JhGNbWgfoZYBBOQGc5gCXHRYBPclfmuleHglG112Nww1iKQKgxKhI"
        + "kgAAAAAAY+pjqAABvQOAkAMArvPGGT4wDYsCAAAAAAFZWg==");
}
