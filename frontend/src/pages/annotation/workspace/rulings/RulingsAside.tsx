import { Button } from "@mantine/core";
import { IconQuote } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { useMay } from "@/api/session";
import { verdictOf } from "@/editor/records";
import { AppLink, EmptyState, ErrorState, LoadingState, Time } from "@/ui";
import { AsideFrame } from "@/work/AsideFrame";
import { PrecedentPost } from "@/work/precedents/PrecedentPost";
import { likenessWords } from "@/work/precedents/words";
import { cite } from "../answering";
import type { Clause, LabelBundle } from "../bundle";
import { useRecords, useWorkspace } from "../context";
import { KeyOf } from "../keyHints";
import classes from "./RulingsAside.module.css";

type Shown = components["schemas"]["ShownPrecedentOutput"];

/** The rulings most like this post. Asking for them notes which were shown; only these can be cited. */
function useRulings(bundle: LabelBundle, clauseKey: string) {
  return useQuery({
    queryKey: ["rulings shown", bundle.lease.id, clauseKey],
    queryFn: () =>
      taken(
        api.POST("/api/leases/{lease_id}/precedents/", {
          params: { path: { lease_id: bundle.lease.id } },
          body: { clause_key: clauseKey },
        }),
      ),
    staleTime: 300_000,
  });
}

/** What experts ruled on posts like this one, beside the work: each post covered, each ruling to be cited. */
export function RulingsAside({ clause, onClose }: { clause: Clause; onClose: () => void }) {
  const { bundle } = useWorkspace();
  const projectId = bundle.task.project_id;
  const mayRule = useMay(projectId, "policy.edit");
  const rulings = useRulings(bundle, clause.key);
  const list = useRef<HTMLUListElement>(null);
  const isThere = rulings.data !== undefined;
  useEffect(() => {
    if (isThere) list.current?.querySelector<HTMLElement>("button")?.focus();
  }, [isThere]);
  return (
    <AsideFrame label={`Rulings on ${clause.title}`} above={clause.title} title="Rulings on posts like this" closes="Close the rulings" onClose={onClose}>
      {rulings.data === undefined &&
        (rulings.isError ? (
          <ErrorState error={rulings.error} onRetry={rulings.refetch} />
        ) : (
          <LoadingState label="Looking for rulings" lines={5} />
        ))}
      {rulings.data?.precedents.length === 0 && (
        <EmptyState title="No ruling on this question yet" framed={false}>
          When an expert settles a post like this one, it is found here. You can ask about the rule from the post’s menu.
        </EmptyState>
      )}
      <ul ref={list} className={classes.list}>
        {rulings.data?.precedents.map((shown) => (
          <Ruling key={shown.id} shown={shown} clause={clause} />
        ))}
      </ul>
      {mayRule && (
        <p className={classes.settle}>
          <AppLink to={`/p/${projectId}/settle/${bundle.post.id}?clause=${clause.key}&release=${bundle.release.id}`}>Settle this post with a ruling</AppLink>
        </p>
      )}
    </AsideFrame>
  );
}

function Ruling({ shown, clause }: { shown: Shown; clause: Clause }) {
  const { store, rulings, isReadOnly } = useWorkspace();
  const isOpen = rulings?.openId === shown.id;
  const isCited = (verdictOf(useRecords(store), clause.key).precedents ?? []).includes(shown.id);
  return (
    <li className={classes.ruling} data-cited={isCited || undefined}>
      <button type="button" className={classes.line} aria-expanded={isOpen} onClick={() => rulings?.setOpenId(isOpen ? null : shown.id)}>
        <span className={classes.answer}>
          {shown.answer_label}
          {shown.severity_label !== "" && `, ${shown.severity_label.toLowerCase()}`}
        </span>
        <span className={classes.facts}>{likenessWords(shown.likeness)}</span>
        <span className={classes.reason} dir="auto">
          {shown.reason}
        </span>
      </button>
      {isOpen && <PrecedentPost postId={shown.post_id} cover={shown.protection.cover} />}
      <p className={classes.foot}>
        <span>
          Under <code>{shown.release_label}</code>, <Time at={shown.ruled_at} />
        </span>
        {!isReadOnly && (
          <Button
            size="compact-xs"
            variant={isCited ? "filled" : "default"}
            aria-pressed={isCited}
            leftSection={<IconQuote size={13} aria-hidden />}
            rightSection={isOpen ? <KeyOf command="label.cite" /> : undefined}
            onClick={() => cite(store, clause, shown.id)}
          >
            {isCited ? "Cited" : "Cite it"}
          </Button>
        )}
      </p>
    </li>
  );
}
