import { CloseButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./AsideFrame.module.css";

/** What stands beside the work, which makes room for it: a title between its small lines, and what is read, which scrolls. */
export function AsideFrame({
  label,
  above,
  title,
  below = [],
  closes,
  body,
  onClose,
  children,
}: {
  label: string;
  above?: string;
  title: string;
  below?: readonly string[];
  /** What its close button is called. */
  closes: string;
  /** What its text is called, where a person may want to go there to scroll; without it, what is in it takes the focus. */
  body?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <aside className={classes.aside} aria-label={label}>
      <header className={classes.head}>
        <div>
          {above !== undefined && above !== "" && <p className={classes.soft}>{above}</p>}
          <h2 className={classes.title} dir="auto">
            {title}
          </h2>
          {below.map((line) => (
            <p key={line} className={classes.soft}>
              {line}
            </p>
          ))}
        </div>
        <CloseButton aria-label={closes} onClick={onClose} />
      </header>
      <div className={classes.body} {...(body !== undefined && { tabIndex: 0, role: "group", "aria-label": body })}>
        {children}
      </div>
    </aside>
  );
}
