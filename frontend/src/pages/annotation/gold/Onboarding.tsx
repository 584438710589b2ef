import { ActionIcon, NumberInput, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import { ActionForm, announce, Panel, refusalOf } from "@/ui";
import { type OnboardingSet, onboardingQuery } from "../onboarding/queries";
import classes from "./Gold.module.css";
import { OnboardingPeople } from "./OnboardingPeople";
import { GoldChoice } from "./GoldChoice";

/** What newcomers answer first: the set in its order, the pass mark, and who waits for a word. */
export function Onboarding({ projectId, hasGold }: { projectId: string; hasGold: boolean }) {
  const found = useQuery(onboardingQuery(projectId));
  if (found.data === undefined || (!hasGold && !found.data.is_on)) return null;
  return (
    <>
      <Panel
        title="Onboarding"
        note="Who is new answers these posts first, in this order. It is said openly: after each, the known answer and why it is so. It counts in nothing else."
      >
        <SetForm key={found.dataUpdatedAt} first={found.data} projectId={projectId} />
      </Panel>
      <OnboardingPeople people={found.data.people} projectId={projectId} />
    </>
  );
}

function SetForm({ first, projectId }: { first: OnboardingSet; projectId: string }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(first.item_ids);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(() => new Map(first.items.map((item) => [item.id, item.external_id])));
  const [passShare, setPassShare] = useState(Math.round(first.pass_share * 100));
  const [tries, setTries] = useState<number | null>(first.tries);
  const [asksEveryone, setAsksEveryone] = useState(false);
  const nameOf = (id: string): string => names.get(id) ?? `…${id.slice(-6)}`;
  const save = useMutation({
    mutationFn: () =>
      taken(
        api.PUT("/api/projects/{project_id}/onboarding/", {
          params: { path: { project_id: projectId } },
          body: { item_ids: [...chosen], pass_share: passShare / 100, tries, asks_everyone: asksEveryone },
        }),
      ),
    onSuccess: async (next) => {
      announce(next.is_on ? "Newcomers answer this set first." : "Newcomers begin with the work.");
      await showAnswer(queries, onboardingQuery(projectId).queryKey, next);
    },
  });
  const refusal = refusalOf(save.error, ["pass_share", "tries"]);
  return (
    <ActionForm action={save} refusal={refusal} confirm="Save the onboarding">
      {chosen.length === 0 ? (
        <p className={classes.soft}>No post is in the set: newcomers begin with the work.</p>
      ) : (
        <ol className={classes.steps} aria-label="Posts of the onboarding, in order">
          {chosen.map((id, at) => (
            <li key={id}>
              <span className={classes.stepName}>{nameOf(id)}</span>
              <ActionIcon
                variant="subtle"
                aria-label={`${nameOf(id)} earlier`}
                disabled={at === 0}
                onClick={() => setChosen(swapped(chosen, at - 1))}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                aria-label={`${nameOf(id)} later`}
                disabled={at === chosen.length - 1}
                onClick={() => setChosen(swapped(chosen, at))}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                aria-label={`Leave out ${nameOf(id)}`}
                onClick={() => setChosen(chosen.filter((other) => other !== id))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      <div className={classes.fields}>
        <GoldChoice
          projectId={projectId}
          without={chosen}
          onChoose={(item) => {
            setNames(new Map(names).set(item.id, item.external_id));
            setChosen([...chosen, item.id]);
          }}
        />
        <NumberInput
          label="Passed from"
          description="Posts answered as known, of those answered."
          suffix=" %"
          min={5}
          max={100}
          error={refusal?.at("pass_share")}
          value={passShare}
          onChange={(value) => setPassShare(typeof value === "number" ? value : 80)}
        />
        <NumberInput
          label="Tries"
          description="Empty: as many as they need. After the last one somebody decides."
          min={1}
          max={20}
          error={refusal?.at("tries")}
          value={tries ?? ""}
          onChange={(value) => setTries(typeof value === "number" ? value : null)}
        />
      </div>
      <Switch
        label="Ask everybody, also who is past it or joined before"
        description="Without it only who joins from now on is asked, and nobody who passed is asked again."
        checked={asksEveryone}
        onChange={(event) => setAsksEveryone(event.currentTarget.checked)}
      />
    </ActionForm>
  );
}

/** The list with the entry at a place and the one after it changed about. */
function swapped(list: readonly string[], at: number): readonly string[] {
  return [...list.slice(0, at), ...list.slice(at, at + 2).reverse(), ...list.slice(at + 2)];
}
