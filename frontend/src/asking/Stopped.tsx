import type { ReactNode } from "react";
import classes from "./asking.module.css";

/** Said once a limit ended the asking: what was answered stands, and what to do for the rest. */
export function Stopped({ children }: { children: ReactNode }) {
  return (
    <p className={classes.stopped} role="status">
      {children}
    </p>
  );
}
