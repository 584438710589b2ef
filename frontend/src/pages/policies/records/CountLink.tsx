import type { ReactNode } from "react";
import { useMay } from "@/api/session";
import { AppLink } from "@/ui";
import classes from "./CountLink.module.css";
import { type RecordsPlace, recordsPath } from "./place";

interface Props {
  projectId: string;
  releaseId: string;
  place: Partial<RecordsPlace>;
  /** The number as it is read, and what it counts. */
  children: ReactNode;
}

/** A number that leads to what it counts. Which posts are gold is shown only to those who keep it. */
export function CountLink({ projectId, releaseId, place, children }: Props) {
  const keepsGold = useMay(projectId, "quality.keep");
  if (place.noun === "gold items" && !keepsGold) return children;
  return (
    <AppLink className={classes.count} to={recordsPath(projectId, releaseId, place)}>
      {children}
    </AppLink>
  );
}
