import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { showAnswer } from "@/api/answers";
import { useState } from "react";
import { announceProblem, AppLink, PageHeader, QueryView, Stacked } from "@/ui";
import { protectionQuery, saveProtection } from "@/work/protection/queries";
import type { OwnProtection, OwnProtectionInput } from "@/work/protection/shapes";
import { SupportCard } from "@/work/protection/SupportCard";
import { Arrival } from "./own/Arrival";
import { inputOf } from "./own/draft";
import { Handed } from "./own/Handed";
import { Breaks, Limits } from "./own/Limits";
import classes from "./Protection.module.css";

/** What a person is shown, and how: theirs to choose, in force at once. */
export default function OwnProtectionPage() {
  const own = useQuery(protectionQuery);
  return (
    <div className={classes.page}>
      <PageHeader
        title="Protection"
        lead="What you are shown, and how. It is yours to choose, no reason is asked, and it goes with you to every machine you sign in on."
        actions={<AppLink to="/exposure">What I have seen</AppLink>}
      />
      <QueryView query={own}>{(found) => <Sections own={found} />}</QueryView>
    </div>
  );
}

function Sections({ own }: { own: OwnProtection }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<OwnProtectionInput | null>(null);
  const save = useMutation({
    mutationFn: saveProtection,
    // One after the other: the last choice is the one that stays.
    scope: { id: "own-protection" },
    onSuccess: async (saved) => {
      await showAnswer(queries, protectionQuery.queryKey, saved);
      await queries.invalidateQueries({ queryKey: ["meter"] });
    },
    onError: (error) => {
      setDraft(null);
      announceProblem(error);
    },
  });
  const input = draft ?? inputOf(own);
  const onChange = (next: OwnProtectionInput): void => {
    setDraft(next);
    save.mutate(next);
  };
  const section = { own, input, onChange };
  return (
    <Stacked>
      <p className={classes.saved} role="status">
        {save.isPending ? "Saving" : draft === null ? "What you change is in force at once." : "Saved, and in force."}
      </p>
      <Arrival {...section} />
      <Handed {...section} />
      <Limits {...section} />
      <Breaks {...section} />
      <SupportCard support={own.support} />
    </Stacked>
  );
}
