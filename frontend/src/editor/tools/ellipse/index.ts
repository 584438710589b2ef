import { between, isBigEnough, tenth } from "../../geometry";
import { idle } from "../drag/idle";
import { placeOn, Tool } from "../tool";

/** Drawn by the rectangle around it. */
export function ellipseTool(): Tool {
  return new Tool(
    "ellipse",
    idle({
      label: "Draw an ellipse",
      make(from, to, surface) {
        const { x, y, width, height } = between(from, to);
        if (!isBigEnough({ x, y, width, height })) return null;
        const [radius_x, radius_y] = [tenth(width / 2), tenth(height / 2)];
        return { kind: "ellipse", ...placeOn(surface), x: tenth(x + width / 2), y: tenth(y + height / 2), radius_x, radius_y };
      },
    }),
  );
}
