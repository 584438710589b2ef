import { IconCheck, IconCircleDashed, IconClock, IconPencil, type TablerIcon } from "@tabler/icons-react";
import { StatusBadge, type Tone } from "@/ui";
import type { Outcome, SuspectKind } from "./queries";
import { boxOutcomeWords, outcomeWords } from "./wording";

const looks: Readonly<Record<Outcome, { tone: Tone; icon: TablerIcon }>> = {
  pending: { tone: "neutral", icon: IconClock },
  confirmed: { tone: "good", icon: IconCheck },
  changed: { tone: "bad", icon: IconPencil },
  dismissed: { tone: "neutral", icon: IconCircleDashed },
};

/** What a person made of a suspect. */
export function OutcomeBadge({ outcome, kind }: { outcome: Outcome; kind: SuspectKind }) {
  const words = kind === "region" ? boxOutcomeWords : outcomeWords;
  return <StatusBadge state={outcome} label={words[outcome]} {...looks[outcome]} />;
}
