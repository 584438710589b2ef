import { Tool } from "../tool";
import { idle } from "./idle";

export function boxTool(): Tool {
  return new Tool("box", idle);
}
