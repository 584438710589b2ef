import { Button, Chip, Group, Modal, SegmentedControl, Textarea } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showAnswer } from "@/api/answers";
import { api, taken } from "@/api/client";
import type { components } from "@/api/schema";
import { useMay } from "@/api/session";
import { ActionForm, announce, type Column, DataTable, Panel, percent, StatusBadge, useProjectId } from "@/ui";
import classes from "./ComparisonPage.module.css";
import { outcomeIcon, outcomeTone, outcomeWords } from "./wording";

type Known = components["schemas"]["GoldPairKnownOutput"];
type Gold = components["schemas"]["GoldPairOutput"];
type Kind = Gold["kind"];

const outcomes = ["a", "tie", "b", "both_good", "both_unacceptable"] as const;

function knownQuery(comparisonId: string) {
  return queryOptions({
    queryKey: ["gold-pair", comparisonId],
    queryFn: () => taken(api.GET("/api/comparisons/{comparison_id}/gold/", { params: { path: { comparison_id: comparisonId } } })),
  });
}

/** What is known of a comparison, for those who keep gold: how people did on it, or the way to make it known. */
export function KnownAnswer({ comparisonId }: { comparisonId: string }) {
  const mayKeep = useMay(useProjectId(), "quality.keep");
  const known = useQuery({ ...knownQuery(comparisonId), enabled: mayKeep });
  const [isOpen, setOpen] = useState(false);
  if (!mayKeep || known.data === undefined) return null;
  const { gold, axes } = known.data;
  return (
    <Panel
      title="Known answer"
      note={gold === null ? "Asked among the others, it shows how well people judge; nobody can tell it from them." : kindNote(gold.kind)}
      flush={gold !== null}
      actions={
        gold === null ? (
          <Button variant="default" leftSection={<IconCertificate size={16} aria-hidden />} disabled={axes.length === 0} onClick={() => setOpen(true)}>
            Make gold
          </Button>
        ) : (
          <Retire comparisonId={comparisonId} />
        )
      }
    >
      {gold === null ? (
        <p className={classes.none}>{axes.length === 0 ? "No release with axes is in effect, so there is nothing to know." : "Nothing is known of this comparison."}</p>
      ) : (
        <>
          {gold.explanation !== "" && <p className={classes.explained}>{gold.explanation}</p>}
          <DataTable label="Known answers" columns={columns} rows={gold.answers} rowKey={(row) => row.clause_key} />
        </>
      )}
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Make this comparison gold" size="lg">
        <MakeForm comparisonId={comparisonId} axes={axes} onDone={() => setOpen(false)} />
      </Modal>
    </Panel>
  );
}

function useTold(comparisonId: string) {
  const queries = useQueryClient();
  return async (known: Known, said: string): Promise<void> => {
    await showAnswer(queries, knownQuery(comparisonId).queryKey, known);
    announce(said);
  };
}

function Retire({ comparisonId }: { comparisonId: string }) {
  const told = useTold(comparisonId);
  const retire = useMutation({
    mutationFn: () =>
      taken(api.POST("/api/comparisons/{comparison_id}/gold/retire/", { params: { path: { comparison_id: comparisonId } }, body: { because: "" } })),
    onSuccess: (known) => told(known, "It is handed out as gold no more. Results stay."),
  });
  return (
    <Button variant="default" loading={retire.isPending} onClick={() => retire.mutate()}>
      Retire
    </Button>
  );
}

function MakeForm({ comparisonId, axes, onDone }: { comparisonId: string; axes: Known["axes"]; onDone: () => void }) {
  const told = useTold(comparisonId);
  const [kind, setKind] = useState<Kind>("gold");
  const [explanation, setExplanation] = useState("");
  const [answers, setAnswers] = useState<Readonly<Record<string, string[]>>>({});
  const make = useMutation({
    mutationFn: () =>
      taken(
        api.POST("/api/comparisons/{comparison_id}/gold/", {
          params: { path: { comparison_id: comparisonId } },
          body: { kind, explanation, answers: Object.fromEntries(Object.entries(answers).filter(([, right]) => right.length > 0)) },
        }),
      ),
    onSuccess: async (known) => {
      await told(known, "The comparison is gold. What was still asked about it is withdrawn.");
      onDone();
    },
  });
  return (
    <ActionForm action={make} confirm="Make gold" onCancel={onDone}>
      <SegmentedControl
        aria-label="What it is for"
        value={kind}
        onChange={(value) => setKind(value === "attention" ? "attention" : "gold")}
        data={[
          { value: "gold", label: "Gold: how well people judge" },
          { value: "attention", label: "Attention: whether they read" },
        ]}
      />
      {axes.map((axis) => (
        <fieldset key={axis.key} className={classes.axis}>
          <legend>{axis.title}</legend>
          <Chip.Group multiple value={answers[axis.key] ?? []} onChange={(right) => setAnswers((held) => ({ ...held, [axis.key]: right }))}>
            <Group gap="xs">
              {outcomes.map((outcome) => (
                <Chip key={outcome} value={outcome}>
                  {outcomeWords(outcome)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </fieldset>
      ))}
      <p className={classes.none}>Several may be right. An axis left open is not known; with all left open, what was decided is taken.</p>
      <Textarea label="Why" autosize minRows={2} value={explanation} onChange={(event) => setExplanation(event.currentTarget.value)} />
    </ActionForm>
  );
}

const columns: readonly Column<Gold["answers"][number]>[] = [
  { key: "axis", header: "Axis", render: (row) => meaningWords(row) },
  {
    key: "right",
    header: "Right",
    render: (row) => (
      <Group gap="xs">
        {row.outcomes.map((outcome) => (
          <StatusBadge key={outcome} state={outcome} label={outcomeWords(outcome)} tone={outcomeTone(outcome)} icon={outcomeIcon(outcome)} />
        ))}
      </Group>
    ),
  },
  {
    key: "passed",
    header: "Answered as known",
    align: "end",
    render: (row) => (row.answered === 0 ? "nobody asked yet" : `${percent(row.passed / row.answered, 0)} of ${row.answered}`),
  },
];

function meaningWords({ clause_key, meaning_from, meaning_to }: Gold["answers"][number]): string {
  if (meaning_to === null) return `${clause_key}, from meaning ${meaning_from} on`;
  return meaning_from === meaning_to ? `${clause_key}, meaning ${meaning_from} only` : `${clause_key}, meanings ${meaning_from} to ${meaning_to}`;
}

function kindNote(kind: Kind): string {
  return kind === "attention" ? "An attention pair: nobody who reads can get it wrong." : "Handed out among the others; nobody can tell which it is.";
}
