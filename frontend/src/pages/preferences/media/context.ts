import { createContext } from "react";
import type { Together } from "./together";

/** The videos and sounds of the page that may move as one; null where they never do. */
export const TogetherContext = createContext<Together | null>(null);
