import { useQuery } from "@tanstack/react-query";
import { count, Figures, Panel, percent, plural, QueryView } from "@/ui";
import { type Estimate, type HarmFound, roundHarmQuery } from "./queries";

/** How common harm is in all posts and how much of it people have found, as the random posts tell it. */
export function HarmFoundPanel({ roundId }: { roundId: string }) {
  const harm = useQuery(roundHarmQuery(roundId));
  return (
    <Panel
      title="Harm in all posts"
      note="Estimated from posts drawn at random, so what the strategy looks for does not bend it. Posts that models are measured on are left out."
    >
      <QueryView query={harm}>{(found) => <HarmFigures found={found} />}</QueryView>
    </Panel>
  );
}

function HarmFigures({ found }: { found: HarmFound }) {
  const over = found.rounds > 1 ? ` of ${found.rounds} rounds` : "";
  return (
    <Figures
      figures={[
        {
          label: "Harmful posts",
          value: shareWords(found.prevalence),
          note: rangeWords(found.prevalence) ?? "known once a random post is decided",
        },
        {
          label: "Found by people",
          value: shareWords(found.recall),
          note: rangeWords(found.recall) ?? (found.answered === 0 ? "known once a random post is decided" : "no harm is expected"),
        },
        { label: "Decided as harmful", value: count(found.found), note: `of ${plural(found.population, "post")} in sight` },
        {
          label: "Random posts decided",
          value: `${count(found.answered)} of ${count(found.drawn)}`,
          note: `${count(found.harmful)} harmful${over}`,
        },
      ]}
    />
  );
}

function shareWords(share: Estimate): string {
  return share.value === null ? "—" : percent(share.value, share.value < 0.1 ? 1 : 0);
}

function rangeWords({ low, high }: Estimate): string | null {
  if (low === null || high === null) return null;
  const digits = high < 0.1 ? 1 : 0;
  return `${percent(low, digits)} to ${percent(high, digits)}, 95 % interval`;
}
