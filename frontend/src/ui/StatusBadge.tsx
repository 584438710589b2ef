import {
  IconAlertTriangle,
  IconArchive,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconEye,
  IconLoader2,
  IconLock,
  IconPencil,
  IconPlayerPause,
  IconRobot,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "./StatusBadge.module.css";

export type Tone = "neutral" | "info" | "good" | "wait" | "bad" | "machine";

interface Look {
  readonly tone: Tone;
  readonly icon: TablerIcon;
  readonly label: string;
}

/** Every state word of the API, with the tone, sign and English it always has. */
const looks: Readonly<Record<string, Look>> = {
  active: { tone: "good", icon: IconCheck, label: "Active" },
  open: { tone: "info", icon: IconCircleDashed, label: "Open" },
  draft: { tone: "wait", icon: IconPencil, label: "Draft" },
  in_review: { tone: "info", icon: IconEye, label: "In review" },
  released: { tone: "good", icon: IconLock, label: "Released" },
  retired: { tone: "neutral", icon: IconArchive, label: "Retired" },
  archived: { tone: "neutral", icon: IconArchive, label: "Archived" },
  paused: { tone: "wait", icon: IconPlayerPause, label: "Paused" },
  queued: { tone: "neutral", icon: IconClock, label: "Queued" },
  pending: { tone: "neutral", icon: IconClock, label: "Pending" },
  running: { tone: "info", icon: IconLoader2, label: "Running" },
  building: { tone: "info", icon: IconLoader2, label: "Building" },
  succeeded: { tone: "good", icon: IconCheck, label: "Done" },
  done: { tone: "good", icon: IconCheck, label: "Done" },
  ready: { tone: "good", icon: IconCheck, label: "Ready" },
  closed: { tone: "good", icon: IconCheck, label: "Closed" },
  confirmed: { tone: "good", icon: IconCheck, label: "Confirmed" },
  changed: { tone: "info", icon: IconPencil, label: "Changed" },
  dismissed: { tone: "neutral", icon: IconX, label: "Dismissed" },
  failed: { tone: "bad", icon: IconAlertTriangle, label: "Failed" },
  refused: { tone: "bad", icon: IconX, label: "Refused" },
  cancelled: { tone: "neutral", icon: IconX, label: "Cancelled" },
  withdrawn: { tone: "neutral", icon: IconX, label: "Withdrawn" },
  simulated: { tone: "machine", icon: IconRobot, label: "Simulated" },
  model: { tone: "machine", icon: IconRobot, label: "Model" },
};

/** A state in words, with a sign: colour is never alone. `label` and `tone` override the catalogue. */
export function StatusBadge({ state, label, tone, icon }: { state: string; label?: string; tone?: Tone; icon?: TablerIcon }) {
  const look = looks[state] ?? { tone: "neutral", icon: IconCircleDashed, label: sentenceCase(state) };
  const Icon = icon ?? look.icon;
  return (
    <span className={classes.badge} data-tone={tone ?? look.tone}>
      <Icon size={13} stroke={2} aria-hidden className={Icon === IconLoader2 ? classes.turning : undefined} />
      {label ?? look.label}
    </span>
  );
}

/** "policy_editor" → "Policy editor". */
export function sentenceCase(word: string): string {
  const text = word.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
