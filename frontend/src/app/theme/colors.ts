import type { MantineColorsTuple } from "@mantine/core";

/** Warm neutrals: the paper Concord is written on. */
export const sand: MantineColorsTuple = [
  "#faf8f4",
  "#f3f0ea",
  "#e8e4dc",
  "#d9d4ca",
  "#bfb9ad",
  "#96917f",
  "#6f6b61",
  "#56534c",
  "#3d3b36",
  "#24231f",
];

/** Night neutrals, from text (0) to the page behind everything (9). */
export const night: MantineColorsTuple = [
  "#e9e6df",
  "#cdcac3",
  "#a9a7a1",
  "#7d7d79",
  "#4d5051",
  "#383c3e",
  "#292d2f",
  "#1f2325",
  "#17191b",
  "#111314",
];

/** The accent: actions, selection, focus. Never used for a judgement about content. */
export const petrol: MantineColorsTuple = [
  "#eaf4f6",
  "#d3e7ec",
  "#a6ced8",
  "#76b3c3",
  "#4e9bae",
  "#2f879d",
  "#187389",
  "#0e5f74",
  "#0e4a5c",
  "#0a3745",
];

/** Attention without alarm: waiting, drafts, warnings. */
export const ochre: MantineColorsTuple = [
  "#fdf5e4",
  "#f8e8c3",
  "#f0d18d",
  "#e6b857",
  "#dba336",
  "#c98d1c",
  "#a26d10",
  "#7e550f",
  "#62430e",
  "#42300e",
];

/** Failure, harm, removal. */
export const rust: MantineColorsTuple = [
  "#fcefe9",
  "#f7dace",
  "#edb39c",
  "#e28c6c",
  "#d66a45",
  "#c4512c",
  "#a63f20",
  "#85311a",
  "#632718",
  "#421c13",
];

/** Done, agreed, current. */
export const moss: MantineColorsTuple = [
  "#eef5ec",
  "#dbead6",
  "#b6d3ad",
  "#8fbb84",
  "#6aa45f",
  "#4d8c44",
  "#3a7335",
  "#2f5c2c",
  "#264824",
  "#1b331b",
];

/** Models and machines: anything not said by a person. */
export const plum: MantineColorsTuple = [
  "#f6f0f5",
  "#eadcea",
  "#d4b6d3",
  "#ba8cb9",
  "#a2699f",
  "#8c4f89",
  "#733d71",
  "#5b305a",
  "#452645",
  "#2f1b30",
];

/**
 * Colours that tell regions of different clauses apart on any picture.
 * Order matters: neighbours differ in lightness too, so that they stay apart without colour vision.
 */
export const regionColors = [
  "#4cc3dc",
  "#e8a33d",
  "#b58bd6",
  "#7fc96b",
  "#f07a5a",
  "#e6d84a",
  "#6f9bf0",
  "#f08bbd",
] as const;
