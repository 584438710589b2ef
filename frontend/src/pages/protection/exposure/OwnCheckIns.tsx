import { ActionIcon, Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { announce, announceProblem, Panel, QueryView, Time } from "@/ui";
import { CheckIn } from "@/work/protection/CheckIn";
import { checkInsQuery, forgetCheckIn, protectionQuery } from "@/work/protection/queries";
import type { CheckInSaid } from "@/work/protection/shapes";
import { moodName } from "@/work/protection/words";
import classes from "./OwnCheckIns.module.css";

/** What the person said of how they are, each to be forgotten again; gone where nobody asks and nothing was said. */
export function OwnCheckIns() {
  const rule = useQuery(protectionQuery).data?.check_ins;
  const said = useQuery(checkInsQuery);
  const [isWriting, setWriting] = useState(false);
  if (rule?.is_on !== true && (said.data ?? []).length === 0) return null;
  return (
    <>
      <Panel
        title="How you said you were"
        note="Only you can read this."
        actions={
          rule?.is_on === true && !isWriting ? (
            <Button size="xs" variant="default" onClick={() => setWriting(true)}>
              Say how you are
            </Button>
          ) : undefined
        }
      >
        <QueryView query={said}>{(found) => <Said said={found} />}</QueryView>
      </Panel>
      {rule?.is_on === true && isWriting && <CheckIn rule={rule} onSaid={() => setWriting(false)} />}
    </>
  );
}

function Said({ said }: { said: readonly CheckInSaid[] }) {
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: forgetCheckIn,
    onSuccess: async () => {
      announce("It is forgotten.");
      await queries.invalidateQueries(checkInsQuery);
    },
    onError: announceProblem,
  });
  if (said.length === 0) return <p className={classes.none}>You have not said anything yet, and need not.</p>;
  return (
    <ul className={classes.list}>
      {said.map(({ id, created_at: at, mood, words }) => (
        <li key={id} className={classes.said}>
          <span className={classes.when}>
            <Time at={at} />
          </span>
          <span className={classes.mood}>{moodName(mood)}</span>
          <span className={classes.words}>{words}</span>
          <ActionIcon aria-label={`Forget “${moodName(mood)}”${words === "" ? "" : `: ${words.slice(0, 40)}`}`} loading={forget.isPending && forget.variables === id} onClick={() => forget.mutate(id)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
