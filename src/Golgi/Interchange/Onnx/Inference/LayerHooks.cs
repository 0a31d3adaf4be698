using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using PostHook = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor,
TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using PreHook = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor,
TorchSharp.torch.Tensor>;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>Whether somebody watches a layer. TorchSharp keeps hooks where derived classes see them and nobody else.</summary>
internal static class LayerHooks
{
    public static bool Any(nn.Module<Tensor, Tensor> layer) =>
        Fields<PreHook, PostHook>.Before(layer).Count + Fields<PreHook, PostHook>.After(layer).Count > 0
        || Fields<PreHook, PostHook>.BeforeModule(layer).Count + Fields<PreHook, PostHook>.AfterModule(layer).Count > 0;

    // Accessors of a generic type's fields have to be generic in the same parameters.
    private static class Fields<TBefore, TAfter>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
        public static extern ref Dictionary<string, TBefore> Before(nn.HookableModule<TBefore, TAfter> layer);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
        public static extern ref Dictionary<string, TAfter> After(nn.HookableModule<TBefore, TAfter> layer);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
        public static extern ref Dictionary<string, Action<nn.Module>> BeforeModule(nn.HookableModule<TBefore, TAfter> layer);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
        public static extern ref Dictionary<string, Action<nn.Module>> AfterModule(nn.HookableModule<TBefore, TAfter> layer);
    }
}
