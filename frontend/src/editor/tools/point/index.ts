import { Tool } from "../tool";
import { idle } from "./idle";

export function pointTool(): Tool {
  return new Tool("point", idle);
}
