import { Button } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { type ReactNode, useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { Kbd } from "./shortcuts/Kbd";
import { useShortcuts } from "./shortcuts/useShortcuts";
import classes from "./MediaCover.module.css";

/** How long a piece of media was in clear view, told when it is covered again or leaves the page. */
export interface View {
  readonly visibleMs: number;
}

/**
 * Keeps media blurred, grey, muted and paused until the person asks for it, and covers it again on demand.
 * Drawing layers placed in `overlay` stay sharp and usable while covered.
 */
export function MediaCover({
  children,
  overlay,
  label = "media",
  isCoveredAtFirst = true,
  revealKey,
  scope,
  onReveal,
  onCover,
}: {
  children: ReactNode;
  overlay?: ReactNode;
  /** What is covered, for the button: "image 2 of 3". */
  label?: string;
  isCoveredAtFirst?: boolean;
  /** The key that shows and covers; none leaves it to the button. */
  revealKey?: string;
  scope?: string;
  /** Called before anything becomes visible. */
  onReveal?: () => void;
  onCover?: (view: View) => void;
}) {
  const [isCovered, setCovered] = useState(isCoveredAtFirst);
  const frame = useRef<HTMLDivElement>(null);
  const shownSince = useRef<number | null>(null);

  const tellCovered = useEffectEvent(() => {
    if (shownSince.current === null) return;
    const visibleMs = Math.round(performance.now() - shownSince.current);
    shownSince.current = null;
    onCover?.({ visibleMs });
  });
  useEffect(() => {
    if (isCovered) quiet(frame.current);
    else {
      shownSince.current ??= performance.now();
      loud(frame.current);
    }
  }, [isCovered, children]);
  useEffect(() => {
    const onVisibility = (): void => {
      if (document.visibilityState === "hidden") tellCovered();
      else if (!isCovered) shownSince.current = performance.now();
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      tellCovered();
    };
  }, [isCovered]);

  const reveal = useCallback(() => {
    onReveal?.();
    setCovered(false);
  }, [onReveal]);

  useShortcuts(
    revealKey === undefined
      ? []
      : [
          {
            id: `cover.${label}`,
            label: isCovered ? `Show ${label}` : `Cover ${label}`,
            keys: revealKey,
            group: "Protection",
            ...(scope === undefined ? {} : { scope }),
            run: () => (isCovered ? reveal() : setCovered(true)),
          },
        ],
  );

  return (
    <div className={classes.cover} data-covered={isCovered || undefined}>
      <div ref={frame} className={classes.media} aria-hidden={isCovered || undefined} inert={isCovered}>
        {children}
      </div>
      {overlay !== undefined && <div className={classes.overlay}>{overlay}</div>}
      {isCovered ? (
        <div className={classes.veil}>
          <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} onClick={reveal}>
            Show {label}
            {revealKey !== undefined && (
              <span className={classes.key}>
                <Kbd keys={revealKey} />
              </span>
            )}
          </Button>
        </div>
      ) : (
        <button type="button" className={classes.again} onClick={() => setCovered(true)} aria-label={`Cover ${label}`}>
          <IconEyeOff size={15} aria-hidden />
          Cover
        </button>
      )}
    </div>
  );
}

function players(frame: HTMLElement | null): HTMLMediaElement[] {
  return [...(frame?.querySelectorAll<HTMLMediaElement>("video, audio") ?? [])];
}

function quiet(frame: HTMLElement | null): void {
  for (const player of players(frame)) {
    player.pause();
    player.muted = true;
  }
}

function loud(frame: HTMLElement | null): void {
  for (const player of players(frame)) player.muted = false;
}
