import type { KeyFacts } from "@/work/keyTables";

/** Where the lens and the text cursor have their keys: closer than the page's, for as long as they are open. */
export const LENS_SCOPE = "lens";
export const TEXT_CURSOR_SCOPE = "text cursor";

const lens = "The lens";
const text = "Marking text";

export const lensSides = ["left", "right", "up", "down"] as const;
export type LensSide = (typeof lensSides)[number];

/** The keys of the lens, live while it is on a picture. */
export const lensCommands: readonly KeyFacts[] = [
  ...lensSides.flatMap((side) => [
    { id: `lens.${side}`, label: `Move the lens ${side}`, keys: `arrow${side}`, group: lens },
    { id: `lens.far-${side}`, label: `Move the lens far ${side}`, keys: `shift+arrow${side}`, group: lens },
  ]),
  { id: "lens.larger", label: "A larger lens", keys: "plus", group: lens },
  { id: "lens.smaller", label: "A smaller lens", keys: "-", group: lens },
  { id: "lens.shape", label: "A round or a square lens", keys: "*", group: lens },
  { id: "lens.leave", label: "Put the lens away", keys: "Escape", group: lens },
];

/** The keys of the text cursor, live while text is marked with the keyboard. */
export const textCursorCommands: readonly KeyFacts[] = [
  { id: "text.right", label: "One letter right", keys: "ArrowRight", group: text },
  { id: "text.left", label: "One letter left", keys: "ArrowLeft", group: text },
  { id: "text.word-right", label: "One word right", keys: "mod+ArrowRight", group: text },
  { id: "text.word-left", label: "One word left", keys: "mod+ArrowLeft", group: text },
  { id: "text.select-right", label: "Select one letter more", keys: "shift+ArrowRight", group: text },
  { id: "text.select-left", label: "Select one letter less", keys: "shift+ArrowLeft", group: text },
  { id: "text.select-word-right", label: "Select one word more", keys: "mod+shift+ArrowRight", group: text },
  { id: "text.select-word-left", label: "Select one word less", keys: "mod+shift+ArrowLeft", group: text },
  { id: "text.mark", label: "Mark the selected text", keys: "Enter", group: text },
  { id: "text.leave", label: "Stop marking text", keys: "Escape", group: text },
];
