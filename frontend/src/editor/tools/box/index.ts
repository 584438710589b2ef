import { between, isBigEnough, rounded } from "../../geometry";
import { idle } from "../drag/idle";
import { placeOn, Tool } from "../tool";

export function boxTool(): Tool {
  return new Tool(
    "box",
    idle({
      label: "Draw a box",
      make(from, to, surface) {
        const box = rounded(between(from, to));
        return isBigEnough(box) ? { kind: "box", ...placeOn(surface), ...box } : null;
      },
    }),
  );
}
