import { type ToolState } from "../tool";
import { panning } from "./panning";

export const idle: ToolState = {
  id: "idle",
  cursor: "grab",
  pointerDown: (input) => panning(input.point),
};
