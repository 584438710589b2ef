import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { announce, announceProblem } from "@/ui";
import { arrivalOf } from "./levels";
import { LensDesk } from "./lensDesk";
import { LookLog } from "./lookLog";
import type { Cover, LookedAt } from "./shapes";
import { type Modes, type SightLog, Sights } from "./sights";
import { TimeLeft } from "./timeLeft";
import { beatLook, openLook } from "./telling";
import { ViewLog } from "./viewLog";

/** The key of everything at once. */
export const WHOLE = "";

/** What is in view of one post, and how to bring its parts in view and cover them. */
export interface Looking {
  readonly seeing: Cover;
  /** Parts that are clear in view as a whole. */
  readonly revealed: ReadonlySet<string>;
  /** How each part in view is shown, softened and through the lens included. */
  readonly modes: Modes;
  readonly sights: Sights;
  readonly lens: LensDesk;
  /** How long what is in view may still be seen, once that is not long. */
  readonly left: TimeLeft;
}

export interface Looked extends LookedAt {
  /** Its pictures and videos, which may come in view by themselves. */
  readonly media: readonly string[];
  /** Who tells how long it stands on the screen: this page, or another part of it. */
  readonly isTimed?: boolean;
}

/** Looks at the parts of one post: told to the server first, and for as long as they last. For another post, mount anew. */
export function useSights(post: Looked, seeing: Cover): Looking {
  const [desk] = useState(() => deskOf(post, seeing));
  const { sights, lens, left } = desk;
  const modes = useSyncExternalStore(sights.subscribe, sights.snapshot);
  useEffect(() => desk.start(), [desk]);
  return useMemo(() => {
    const clear = [...modes].filter(([, mode]) => mode === "full" || mode === "hold").map(([partId]) => partId);
    return { seeing, revealed: new Set(clear), modes, sights, lens, left };
  }, [seeing, modes, sights, lens, left]);
}

interface Desk {
  readonly sights: Sights;
  readonly lens: LensDesk;
  readonly left: TimeLeft;
  /** Begin to tell; the answer ends every look. */
  readonly start: () => () => void;
}

function deskOf(post: Looked, seeing: Cover): Desk {
  let log: LookLog | null = null;
  const through: SightLog = {
    open: (partId, mode) => (log === null ? Promise.reject(new Error("Nothing is told yet.")) : log.open(partId, mode)),
    end: (partId) => log?.end(partId),
  };
  const media = new Set(post.media);
  const sights = new Sights(through, (partId) => media.has(partId) && arrivalOf(seeing) === "soft", announceProblem);
  const left = new TimeLeft();
  const start = (): (() => void) => {
    const opened = new LookLog(
      { open: (partId, mode) => openLook(post, partId === WHOLE ? null : partId, mode), beat: beatLook },
      (partId, error) => {
        sights.cover(partId);
        announceProblem(error);
      },
      (closed) => {
        // A break waits until the post is done; a limit that is reached does not.
        if (closed.why !== "budget") return;
        sights.coverAll();
        announce(`${closed.says} Finish this one from what you know, or give it back.`);
      },
      (seconds) => left.set(seconds),
      () => {
        sights.coverAll();
        announce("Your time to look at posts like this is used up for now, so it is covered again. Finish this one from what you know, or give it back.");
      },
    );
    log = opened;
    const { projectId, postId, leaseId, isTimed = true } = post;
    const views = postId === null || !isTimed ? null : new ViewLog({ projectId, postId, leaseId });
    const arrival = arrivalOf(seeing);
    if (arrival !== "covered") post.media.forEach((partId) => sights.reveal(partId, arrival));
    return () => {
      views?.close();
      sights.coverAll();
      opened.close();
      log = null;
    };
  };
  return { sights, lens: new LensDesk(), left, start };
}
