import type { Closed } from "./shapes";
import type { SightLog, ToldMode } from "./sights";
import { TOLD_BELOW_SECONDS, USED_UP_SECONDS } from "./timeLeft";

/** A look the server has noted. */
export interface OpenedLook {
  readonly id: string;
  readonly beat_seconds: number;
  /** For how long it may be seen until a limit of time is reached; null where none counts it. */
  readonly seconds_left: number | null;
}

/** What the server says of a look that goes on. */
export interface ToldLook {
  readonly closed: Closed | null;
  readonly seconds_left: number | null;
}

/** What a log needs of the server. */
export interface LookPorts {
  readonly open: (partId: string | null, mode: ToldMode) => Promise<OpenedLook>;
  /** `seconds`: in view since it was opened. */
  readonly beat: (lookId: string, seconds: number, isOver: boolean) => Promise<ToldLook>;
}

interface Look {
  readonly mode: ToldMode;
  readonly opened: OpenedLook;
  readonly since: number;
  readonly timer: number;
}

/**
 * Tells the server what is looked at and for how long, while it is looked at. A tab out of sight shows nothing:
 * its looks end, and begin anew when it is back.
 */
export class LookLog implements SightLog {
  private readonly looks = new Map<string, Look>();
  private readonly resting = new Map<string, ToldMode>();
  private isClosed = false;
  /** When what is left of a limit of time is used up, and the server is asked whether it is. */
  private deadline: number | undefined;

  constructor(
    private readonly ports: LookPorts,
    /** The server does not let this part be seen any more. */
    private readonly onLost: (partId: string, error: unknown) => void,
    /** While it was looked at, a limit was reached. */
    private readonly onClosed: (closed: Closed) => void,
    /** How many seconds are left to look at all that is in view; null while nothing counts them. */
    private readonly onLeft: (seconds: number | null) => void,
    /** The time there was to look is used up. */
    private readonly onUsedUp: () => void,
  ) {
    document.addEventListener("visibilitychange", this.onVisibility);
    window.addEventListener("pagehide", this.rest);
  }

  async open(partId: string, mode: ToldMode): Promise<void> {
    const opened = await this.ports.open(partId, mode);
    if (this.isClosed) {
      this.tell(opened.id, 0, true);
      return;
    }
    const timer = window.setInterval(() => this.beat(partId), opened.beat_seconds * 1000);
    this.looks.set(partId, { mode, opened, since: performance.now(), timer });
    this.hear(opened.seconds_left);
  }

  end(partId: string): void {
    this.resting.delete(partId);
    const look = this.looks.get(partId);
    if (look === undefined) return;
    window.clearInterval(look.timer);
    this.looks.delete(partId);
    if (this.looks.size === 0) this.hear(null);
    this.tell(look.opened.id, secondsOf(look), true);
  }

  close(): void {
    this.isClosed = true;
    [...this.looks.keys()].forEach((partId) => this.end(partId));
    document.removeEventListener("visibilitychange", this.onVisibility);
    window.removeEventListener("pagehide", this.rest);
  }

  private beat(partId: string): void {
    const look = this.looks.get(partId);
    if (look !== undefined) this.tell(look.opened.id, secondsOf(look), false);
  }

  private tell(lookId: string, seconds: number, isOver: boolean, isDue = false): void {
    // A beat that does not arrive is made up for by the next one: each tells the whole time.
    this.ports.beat(lookId, seconds, isOver).then(
      ({ closed, seconds_left: left }) => {
        if (isOver || this.looks.size === 0) return;
        if (closed?.why === "budget") {
          this.onClosed(closed);
          return;
        }
        if (closed !== null) this.onClosed(closed);
        if (left !== null && left <= USED_UP_SECONDS) this.useUp();
        else this.hear(left);
      },
      () => {
        // Nobody can say that there is more.
        if (isDue) this.useUp();
      },
    );
  }

  /** Everything in view uses up what is left at once. */
  private hear(left: number | null): void {
    window.clearTimeout(this.deadline);
    const seconds = left === null ? null : left / Math.max(this.looks.size, 1);
    this.onLeft(seconds);
    if (seconds === null || seconds > TOLD_BELOW_SECONDS) return;
    this.deadline = window.setTimeout(() => {
      for (const look of this.looks.values()) this.tell(look.opened.id, secondsOf(look), false, true);
    }, seconds * 1000);
  }

  private useUp(): void {
    if (this.looks.size > 0) this.onUsedUp();
  }

  private readonly rest = (): void => {
    for (const [partId, { mode }] of [...this.looks]) {
      this.end(partId);
      this.resting.set(partId, mode);
    }
  };

  private readonly onVisibility = (): void => {
    if (document.visibilityState === "hidden") {
      this.rest();
      return;
    }
    const again = [...this.resting];
    this.resting.clear();
    for (const [partId, mode] of again) this.open(partId, mode).catch((error: unknown) => this.onLost(partId, error));
  };
}

function secondsOf({ since }: Look): number {
  return Math.round((performance.now() - since) / 100) / 10;
}
