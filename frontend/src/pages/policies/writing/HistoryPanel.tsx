import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { plural, QueryView, Time } from "@/ui";
import { Words } from "../changes/Words";
import { versionQuery, versionsQuery } from "../queries";
import type { ClauseText, Release, Sitting } from "../shapes";
import { blockTitles, fieldWords } from "../wording";
import classes from "./HistoryPanel.module.css";

const actionWords: Readonly<Record<Sitting["action"], string>> = {
  copied: "Taken over",
  written: "Written",
  added: "Added",
  split: "Split",
  merged: "Merged",
  suggested: "Suggestion accepted",
  restored: "Brought back",
  taken_out: "Taken out",
};

/** The saved versions of a clause, one row a sitting; each can be looked at and put back. */
export function HistoryPanel({
  release,
  clauseKey,
  isSaved,
  onRestore,
}: {
  release: Release;
  clauseKey: string;
  /** Whether the server has what stands on the page; else the differences would be of another text. */
  isSaved: boolean;
  onRestore: (text: ClauseText) => void;
}) {
  const versions = useQuery(versionsQuery(release.id, clauseKey));
  const [open, setOpen] = useState<number | null>(null);
  return (
    <QueryView query={versions}>
      {(sittings) => (
        <ol className={classes.list} aria-label="Saved versions" data-versions>
          {sittings.map((sitting, at) => (
            <li key={sitting.version}>
              <button
                type="button"
                className={classes.row}
                aria-expanded={open === sitting.version}
                onClick={() => setOpen(open === sitting.version ? null : sitting.version)}
              >
                <span className={classes.what}>
                  {at === 0 ? "As it is now" : actionWords[sitting.action]}
                  {sitting.action === "copied" && release.based_on !== null && ` from release ${release.based_on.number ?? ""}`}
                </span>
                <span className={classes.who}>
                  {sitting.saved_by?.display_name} <Time at={sitting.saved_at} />
                </span>
                {sitting.saves > 1 && (
                  <span className={classes.who}>
                    {plural(sitting.saves, "save")}, version {sitting.first_version} to {sitting.version}
                  </span>
                )}
              </button>
              {open === sitting.version && at > 0 && (
                <OldVersion
                  releaseId={release.id}
                  clauseKey={clauseKey}
                  version={sitting.version}
                  isSaved={isSaved}
                  onRestore={(text) => {
                    setOpen(null);
                    onRestore(text);
                  }}
                />
              )}
            </li>
          ))}
        </ol>
      )}
    </QueryView>
  );
}

/** What became of an older version: the words that went since and those that came. */
function OldVersion({
  releaseId,
  clauseKey,
  version,
  isSaved,
  onRestore,
}: {
  releaseId: string;
  clauseKey: string;
  version: number;
  isSaved: boolean;
  onRestore: (text: ClauseText) => void;
}) {
  const query = useQuery(versionQuery(releaseId, clauseKey, version));
  return (
    <QueryView query={query}>
      {(saved) => {
        const isSame = saved.fields_changed.length + saved.blocks.length === 0;
        return (
          <div className={classes.old} role="region" aria-label={`Since version ${version}`}>
            {isSame && <p className={classes.who}>It says what stands there now.</p>}
            {saved.fields_changed.map(({ field, segments }) => (
              <div key={field}>
                <h4 className={classes.name}>{fieldWords[field] ?? field}</h4>
                <Words segments={segments} />
              </div>
            ))}
            {saved.blocks.map((block) => (
              <div key={`${block.id} ${block.status}`}>
                <h4 className={classes.name}>{blockTitles[block.type as keyof typeof blockTitles]}</h4>
                <Words segments={block.segments} />
                {block.items.map((item, at) => (
                  <p key={at} className={classes.item}>
                    <Words segments={item.text} />
                  </p>
                ))}
              </div>
            ))}
            {!isSame && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconHistory size={14} aria-hidden />}
                disabled={!isSaved}
                onClick={() => onRestore(saved.document)}
              >
                Put version {version} back
              </Button>
            )}
          </div>
        );
      }}
    </QueryView>
  );
}
