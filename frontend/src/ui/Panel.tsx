import type { ReactNode } from "react";
import classes from "./Panel.module.css";

/** A titled surface on the page. `flush` lets a table or canvas run to its edges. */
export function Panel({
  title,
  note,
  actions,
  flush = false,
  children,
}: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.panel} data-flush={flush || undefined}>
      {(title !== undefined || actions !== undefined) && (
        <div className={classes.head}>
          <div>
            {title !== undefined && <h2 className={classes.title}>{title}</h2>}
            {note !== undefined && <p className={classes.note}>{note}</p>}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      <div className={classes.body}>{children}</div>
    </section>
  );
}

/** Panels side by side where there is room. `full` lets few of them share the whole width. */
export function PanelGrid({ children, min = "300px", full = false }: { children: ReactNode; min?: string; full?: boolean }) {
  return (
    <div className={classes.grid} style={{ gridTemplateColumns: `repeat(${full ? "auto-fit" : "auto-fill"}, minmax(min(100%, ${min}), 1fr))` }}>
      {children}
    </div>
  );
}

/** Blocks under each other with the page's rhythm. */
export function Stacked({ children }: { children: ReactNode }) {
  return <div className={classes.stacked}>{children}</div>;
}
