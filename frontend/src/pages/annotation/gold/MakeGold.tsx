import { Button, Modal, Select } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useMay } from "@/api/session";
import { AppLink, QueryView, useProjectId } from "@/ui";
import { fromOwnAnswer, goldOfPostQuery, knownClausesQuery, releasesForGoldQuery, saidQuery } from "./beginning";
import classes from "./Gold.module.css";
import { GoldForm } from "./GoldForm";
import type { Beginning, Document } from "./known";

interface About {
  readonly postId: string;
  /** The release to begin with; the newest in effect where none is named. */
  readonly releaseId?: string;
  /** One's own label document to begin with; else what is decided. */
  readonly own?: Document;
}

/** The way to gold from wherever a post is looked at: what is right about it, said clause by clause. */
export function MakeGold(about: About) {
  const mayKeep = useMay(useProjectId(), "quality.keep");
  const [isOpen, setOpen] = useState(false);
  if (!mayKeep) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconCertificate size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Make gold
      </Button>
      <MakeGoldDialog {...about} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

/** The same where something else opens it. */
export function MakeGoldDialog({ isOpen, onClose, ...about }: About & { isOpen: boolean; onClose: () => void }) {
  const projectId = useProjectId();
  return (
    <Modal opened={isOpen} onClose={onClose} title="Make this post gold" size="lg">
      <Standing {...about} projectId={projectId} onClose={onClose} />
    </Modal>
  );
}

interface Within extends About {
  readonly projectId: string;
  readonly onClose: () => void;
}

/** A post is gold once: then its answers are looked at where gold is kept. */
function Standing(props: Within) {
  const gold = useQuery(goldOfPostQuery(props.projectId, props.postId));
  return (
    <QueryView query={gold}>
      {(page) =>
        page.results.length === 0 ? (
          <Releases {...props} />
        ) : (
          <p className={classes.said}>
            This post is gold already. To make it anew, retire it first.{" "}
            <AppLink to={`/p/${props.projectId}/gold`}>See the gold of this project</AppLink>
          </p>
        )
      }
    </QueryView>
  );
}

function Releases({ releaseId, ...props }: Within) {
  const found = useQuery(releasesForGoldQuery(props.projectId));
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <QueryView query={found}>
      {(releases) => {
        const inEffect = releases.some(({ value }) => value === releaseId) ? releaseId : undefined;
        const id = chosen ?? inEffect ?? releases[0]?.value;
        if (id === undefined) return <p className={classes.said}>No policy is released yet, so there is no question to know the answer to.</p>;
        return (
          <>
            {releases.length > 1 && (
              <Select label="Release" data={releases} value={id} allowDeselect={false} onChange={setChosen} />
            )}
            <Asked key={id} {...props} releaseId={id} />
          </>
        );
      }}
    </QueryView>
  );
}

function Asked({ postId, releaseId, own, projectId, onClose }: Within & { releaseId: string }) {
  const clauses = useQuery(knownClausesQuery(releaseId));
  const decided = useQuery({ ...saidQuery(postId), enabled: own === undefined });
  const mine = useMemo(() => (own === undefined ? null : fromOwnAnswer(own)), [own]);
  return (
    <QueryView query={clauses}>
      {(asked) => {
        if (mine !== null) return <GoldForm {...{ postId, releaseId, projectId, onClose }} clauses={asked} beginning={mine} />;
        return (
          <QueryView query={decided}>
            {(said) => {
              const holding = new Map(
                said.flatMap((row) => (asked.some(({ key, meaning }) => key === row.key && meaning === row.meaning) ? [[row.key, row.said]] : [])),
              );
              const beginning: Beginning = { from: holding.size === 0 ? "nothing" : "decisions", said: holding };
              return <GoldForm {...{ postId, releaseId, projectId, onClose }} clauses={asked} beginning={beginning} />;
            }}
          </QueryView>
        );
      }}
    </QueryView>
  );
}
