import { Tool } from "../tool";
import { idle } from "./idle";

export function selectTool(): Tool {
  return new Tool("select", idle);
}
