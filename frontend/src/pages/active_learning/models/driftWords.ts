import { count, decimal, percent, plural } from "@/ui";
import type { ModelDrift, Share } from "../queries";
import { intervalWords } from "../wording";

export type Agreement = ModelDrift["agreement"];
export type Inputs = NonNullable<ModelDrift["inputs"]>;

/** What is to be thought of it, in one sentence, and what that rests on or what to do. */
export interface Said {
  readonly verdict: string;
  readonly because: string;
}

export function agreementSaid({ state, recent, held_out: heldOut, least }: Agreement): Said {
  const expected = heldOut.value === null ? "" : ` On held-out posts it was ${percent(heldOut.value, 0)}.`;
  if (state === "few") {
    const sofar = recent.value === null ? "" : ` So far people agree in ${percent(recent.value, 0)}.`;
    if (recent.total < least) {
      return {
        verdict: `Too few decisions to tell: ${count(recent.total)} of at least ${count(least)}.`,
        because: `Decisions count once people answer posts that the model had spoken about.${sofar}${expected}`,
      };
    }
    return {
      verdict: `Too few held-out posts to tell: ${count(heldOut.total)} of at least ${count(least)}.`,
      because: `Without them nobody knows how often people should agree.${sofar}`,
    };
  }
  const now = `They agreed in ${recent.value === null ? "—" : percent(recent.value, 0)} of the newest ${plural(recent.total, "decision")} (${intervalWords(recent)}).${expected}`;
  if (state === "steady") return { verdict: "People agree with the model about as often as expected.", because: now };
  return {
    verdict: "People agree with the model less often than expected.",
    because: `${now} Read posts where they differ, run another round, or go back to an earlier model.`,
  };
}

export function inputsSaid({ state, index_state: byChance, apart_state: byContent, before, since, least }: Inputs): Said {
  if (state === "few") {
    return {
      verdict: `Too few posts to tell: ${count(total(since))} new beside ${count(total(before))} earlier ones.`,
      because: `From ${count(least)} on either side they are compared.`,
    };
  }
  if (state === "steady") {
    return { verdict: "New posts are like those of the training.", because: "What held-out posts said of the model should still hold." };
  }
  const advice = "What held-out posts said of the model may no longer hold: label some of the new posts and run a round.";
  if (byChance === "drifted" && byContent === "drifted") {
    return { verdict: "New posts are of another kind, and the model gives them other chances of harm.", because: advice };
  }
  return byChance === "drifted"
    ? { verdict: "The model gives new posts other chances of harm than earlier ones.", because: advice }
    : {
        verdict: "New posts are of another kind than those of the training.",
        because: `The model gives them chances of harm like those of earlier ones, which it may do of what it does not know. ${advice}`,
      };
}

/** The measures behind the sentence, with their bounds. */
export function inputFacts(inputs: Inputs): (readonly [string, string])[] {
  const { index, apart, least } = inputs;
  const few = `Told from ${count(least)} posts on either side on`;
  return [
    [
      "Chances of harm",
      index === null || inputs.index_state === "few" ? few : `Stability index ${decimal(index, 2)}; 0 is alike, ${decimal(inputs.index_told, 2)} and more is changed`,
    ],
    [
      "Content",
      apart.value === null
        ? few
        : `New and earlier posts told apart in ${percent(apart.value, 0)} of ${count(apart.total)}; 50 % is alike, ${percent(inputs.apart_told, 0)} and more is changed`,
    ],
  ];
}

export function shareOf(share: Share): string {
  return share.value === null ? "—" : percent(share.value, 0);
}

export function boundsOf(share: Share): string {
  return share.low === null || share.high === null ? "—" : `${percent(share.low, 0)} to ${percent(share.high, 0)}`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "2026-11-16" → "16 Nov 2026". */
export function dayWords(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, posts) => sum + posts, 0);
}
