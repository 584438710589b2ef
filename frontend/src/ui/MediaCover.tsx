import { Button } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Kbd } from "./shortcuts/Kbd";
import { useShortcuts } from "./shortcuts/useShortcuts";
import classes from "./MediaCover.module.css";

/**
 * The frame of a piece of media that is covered until the person asks for it, and covered again on demand. What
 * stands in it, and when it may be loaded, is for the page to say.
 */
export function MediaCover({
  children,
  label,
  isCovered,
  filter,
  revealKey,
  ways,
  onPress,
  onRelease,
  onReveal,
  onCover,
}: {
  children: ReactNode;
  /** What is covered, for the buttons: "image 2". */
  label: string;
  isCovered: boolean;
  /** How what is covered is softened. */
  filter: string;
  /** The key that shows and covers, or shows while it is held; none leaves it to the buttons. */
  revealKey?: string;
  /** Further ways to look, beside the button that shows it. */
  ways?: ReactNode;
  onPress: () => void;
  /** Told how long the key was down. */
  onRelease: (heldMs: number) => void;
  onReveal: () => void;
  onCover: () => void;
}) {
  useShortcuts(
    revealKey === undefined
      ? []
      : [
          {
            id: `cover.${label}`,
            label: `Show or cover ${label}; held down, only while it is held`,
            keys: revealKey,
            group: "What is shown",
            run: onPress,
            released: onRelease,
          },
        ],
  );
  return (
    <div className={classes.cover} data-covered={isCovered || undefined}>
      <div className={classes.media} style={isCovered ? { filter } : undefined} aria-hidden={isCovered || undefined} inert={isCovered}>
        {children}
      </div>
      <div className={classes.ways}>
        {isCovered && (
          <Button variant="default" size="xs" leftSection={<IconEye size={15} aria-hidden />} rightSection={revealKey === undefined ? undefined : <Kbd keys={revealKey} />} onClick={onReveal}>
            Show {label}
          </Button>
        )}
        {ways}
      </div>
      {!isCovered && (
        <button type="button" className={classes.again} onClick={onCover} aria-label={`Cover ${label}`}>
          <IconEyeOff size={15} aria-hidden />
          Cover
        </button>
      )}
    </div>
  );
}
