import type { ReactNode } from "react";
import { AppLink } from "./AppLink";
import classes from "./PageHeader.module.css";

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

/** A page's name, where it stands, and what can be done here. Draws the page's only h1. */
export function PageHeader({
  title,
  lead,
  crumbs = [],
  actions,
  badge,
}: {
  title: ReactNode;
  /** One calm sentence under the title. */
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  /** Buttons, the main one last. */
  actions?: ReactNode;
  badge?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      {crumbs.length > 0 && (
        <nav aria-label="Where this page stands" className={classes.crumbs}>
          {crumbs.map((crumb, at) => (
            <span key={crumb.to}>
              {at > 0 && (
                <span aria-hidden className={classes.slash}>
                  /
                </span>
              )}
              <AppLink to={crumb.to}>{crumb.label}</AppLink>
            </span>
          ))}
        </nav>
      )}
      <div className={classes.line}>
        <div className={classes.words}>
          <h1 className={classes.title} tabIndex={-1} data-page-title>
            {title}
            {badge !== undefined && <span className={classes.badge}>{badge}</span>}
          </h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions !== undefined && actions !== false && <div className={classes.actions}>{actions}</div>}
      </div>
    </header>
  );
}
