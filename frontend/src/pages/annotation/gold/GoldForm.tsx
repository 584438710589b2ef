import { NumberInput, Select, Switch, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { ActionForm, announce, plural, refusalOf } from "@/ui";
import classes from "./Gold.module.css";
import { type Beginning, draftsFrom, goldRequest, isHarmful, type KnownClause, type KnownDraft, marksKept, reaches, unknown } from "./known";

const beginnings: Record<Beginning["from"], string> = {
  decisions: "Filled in with what is decided on this post.",
  own: "Filled in with your own answer.",
  nothing: "Nothing is decided on this post yet: say what is right.",
};

/** What is known of a post, clause by clause, and how near an answer must come to it. */
export function GoldForm({
  postId,
  releaseId,
  projectId,
  clauses,
  beginning,
  onClose,
}: {
  postId: string;
  releaseId: string;
  projectId: string;
  clauses: readonly KnownClause[];
  beginning: Beginning;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const [drafts, setDrafts] = useState(() => draftsFrom(clauses, beginning));
  const [explanation, setExplanation] = useState("");
  const [within, setWithin] = useState<number | null>(1);
  const [marksMatter, setMarksMatter] = useState(false);
  const [alike, setAlike] = useState(50);
  const marks = marksKept(clauses, drafts, beginning);
  const tolerance = { severityWithin: within, alikeMin: marksMatter && marks > 0 ? alike / 100 : null };
  const make = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/projects/{project_id}/gold/", {
          params: { path: { project_id: projectId } },
          body: goldRequest({ postId, releaseId, explanation }, clauses, drafts, beginning, tolerance),
        }),
      ),
    onSuccess: async () => {
      announce("The post is gold. It is handed out among the others from now on.");
      await queries.invalidateQueries({ queryKey: ["gold", projectId] });
      onClose();
    },
  });
  const refusal = refusalOf(make.error, ["explanation", "severity_within", "alike_min"]);
  const isReady = clauses.some(({ key }) => drafts[key]?.answer != null);
  const change = (key: string, part: Partial<KnownDraft>): void =>
    setDrafts((held) => ({ ...held, [key]: { ...(held[key] ?? unknown), ...part } }));
  return (
    <ActionForm action={make} refusal={refusal} confirm="Make it gold" isReady={isReady} onCancel={onClose}>
      <p className={classes.soft}>
        {beginnings[beginning.from]} A clause without an answer is not held against anybody. Open tasks about the post are withdrawn.
      </p>
      {clauses.map((clause, index) => (
        <KnownLine
          key={clause.key}
          clause={clause}
          draft={drafts[clause.key] ?? unknown}
          isFirst={index === 0}
          onChange={(part) => change(clause.key, part)}
        />
      ))}
      <Textarea
        label="Of the post as a whole"
        description="Shown to people afterwards, where the project shows them their results, and in lessons."
        autosize
        minRows={2}
        maxLength={4000}
        error={refusal?.at("explanation")}
        value={explanation}
        onChange={(event) => setExplanation(event.currentTarget.value)}
      />
      <div className={classes.fields}>
        <NumberInput
          label="A severity may miss by"
          description="Empty: severities do not matter."
          suffix={within === 1 ? " step" : " steps"}
          min={0}
          max={20}
          error={refusal?.at("severity_within")}
          value={within ?? ""}
          onChange={(value) => setWithin(typeof value === "number" ? value : null)}
        />
        {marks > 0 && (
          <Switch
            label="Marks matter"
            description={`${plural(marks, "mark")} known: what was marked has to be found, whatever tool is used.`}
            checked={marksMatter}
            onChange={(event) => setMarksMatter(event.currentTarget.checked)}
          />
        )}
        {marks > 0 && marksMatter && (
          <NumberInput
            label="Marks must be alike by"
            suffix=" %"
            min={5}
            max={100}
            error={refusal?.at("alike_min")}
            value={alike}
            onChange={(value) => setAlike(typeof value === "number" ? value : 50)}
          />
        )}
      </div>
    </ActionForm>
  );
}

/** Which meanings of the clause the answer is right for. */
function Reach({
  clause,
  meaning,
  since,
  onChange,
}: {
  clause: KnownClause;
  meaning: number;
  since: number | null;
  onChange: (part: Partial<KnownDraft>) => void;
}) {
  if (meaning === 1) return <p className={classes.soft}>Known for what the clause means now, until a release changes that.</p>;
  return (
    <Select
      label="Holds for"
      aria-label={`Holds for, ${clause.title}`}
      description="Take an earlier meaning along only where this answer is right by its words, too. It holds until a release changes what the clause means."
      allowDeselect={false}
      data={reaches(meaning)}
      value={String(since ?? meaning)}
      onChange={(value) => onChange({ since: value === null || Number(value) === meaning ? null : Number(value) })}
    />
  );
}

/** One clause: the answer that is right, how grave it is, and why. */
function KnownLine({
  clause,
  draft,
  isFirst,
  onChange,
}: {
  clause: KnownClause;
  draft: KnownDraft;
  isFirst: boolean;
  onChange: (part: Partial<KnownDraft>) => void;
}) {
  return (
    <fieldset className={classes.known}>
      <legend className={classes.knownTitle}>{clause.title}</legend>
      <div className={classes.pair}>
        <Select
          label="Right answer"
          aria-label={`Right answer to ${clause.title}`}
          placeholder="Not known"
          clearable
          data={clause.answers.map(({ value, label }) => ({ value, label }))}
          value={draft.answer}
          onChange={(answer) => onChange({ answer })}
          {...(isFirst ? { "data-autofocus": true } : {})}
        />
        {isHarmful(clause, draft.answer) && clause.severities.length > 0 && (
          <Select
            label="Severity"
            aria-label={`Severity of ${clause.title}`}
            placeholder="Not known"
            clearable
            data={clause.severities.map(({ value, label }) => ({ value: String(value), label }))}
            value={draft.severity === null ? null : String(draft.severity)}
            onChange={(severity) => onChange({ severity: severity === null ? null : Number(severity) })}
          />
        )}
      </div>
      {draft.answer !== null && (
        <>
          <Textarea
            label="Why it is so"
            aria-label={`Why it is so, ${clause.title}`}
            autosize
            minRows={1}
            maxLength={4000}
            value={draft.reason}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
          {clause.meaning !== null && <Reach clause={clause} meaning={clause.meaning} since={draft.since} onChange={onChange} />}
        </>
      )}
    </fieldset>
  );
}
