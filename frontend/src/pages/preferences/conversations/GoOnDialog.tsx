import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { announce, FormProblem, Kbd, LoadingState, QueryView, useShortcuts } from "@/ui";
import { positionNames } from "../compare/bundle";
import classes from "./GoOnDialog.module.css";
import { goOnAtDesk, type Position, type Said, type TurnAtDesk, turnQuery } from "./queries";
import { TurnFields } from "./TurnFields";

const nothing: Said = { text: "", promptId: null, reply: "" };

/** After a turn was judged: pick one of its responses and say what comes next. */
export function GoOnDialog({
  leaseId,
  isSent,
  onClose,
}: {
  leaseId: string;
  /** Whether the server has the judgment, without which nobody goes on. */
  isSent: boolean;
  onClose: () => void;
}) {
  const turn = useQuery({ ...turnQuery(leaseId), enabled: isSent });
  return (
    <Modal opened onClose={onClose} title="Go on with the conversation" size="lg">
      {isSent ? (
        <QueryView query={turn}>{(found) => <Form leaseId={leaseId} turn={found} onDone={onClose} />}</QueryView>
      ) : (
        <LoadingState label="Your judgment is on its way" lines={3} />
      )}
    </Modal>
  );
}

function Form({ leaseId, turn, onDone }: { leaseId: string; turn: TurnAtDesk; onDone: () => void }) {
  const open = turn.responses.filter((response) => response.is_open);
  const [position, setPosition] = useState<Position | null>(open.length === 1 ? (open[0]?.position ?? null) : null);
  const [said, setSaid] = useState(nothing);
  const words = useRef<HTMLTextAreaElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const picked = open.find((response) => response.position === position);
  const sending = useMutation({
    mutationFn: (to: Position) => goOnAtDesk(leaseId, to, said),
    onSuccess: () => {
      announce("The conversation goes on from there.");
      onDone();
    },
  });
  const isReady = position !== null && (said.promptId !== null || said.text.trim() !== "");
  const send = (): void => {
    if (position !== null && isReady && !sending.isPending) sending.mutate(position);
  };
  useShortcuts([
    { id: "go-on.send", label: "Go on from the picked response", keys: "mod+Enter", scope: "going on", group: "Going on", whileTyping: true, inDialogs: true, run: send },
  ]);
  if (open.length === 0) {
    return <p className={classes.note}>These responses are not in words alone, and a conversation goes on from words only.</p>;
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label="Which response it goes on from"
          value={position}
          onChange={(value) => {
            setPosition(open.find((response) => response.position === value)?.position ?? null);
            setSaid({ ...said, promptId: null });
          }}
        >
          <Stack gap={6} mt={6}>
            {open.map((response, at) => (
              <Radio
                key={response.position}
                ref={at === 0 ? first : undefined}
                value={response.position}
                label={`${positionNames[response.position]} response`}
                description={
                  response.text === "" ? undefined : (
                    <span className={classes.excerpt} dir="auto" lang={turn.language === "" ? undefined : turn.language}>
                      {response.text}
                    </span>
                  )
                }
              />
            ))}
          </Stack>
        </Radio.Group>
        {turn.is_covered && <p className={classes.note}>Texts are covered here, so neither the responses nor what follows them is shown.</p>}
        {picked !== undefined && picked.after.length > 0 && (
          <Radio.Group
            label="What comes next"
            value={said.promptId ?? ""}
            onChange={(value) => {
              setSaid({ ...said, promptId: value === "" ? null : value });
              if (value === "") window.requestAnimationFrame(() => words.current?.focus());
            }}
          >
            <Stack gap={6} mt={6}>
              <Radio value="" label="Words of your own" />
              {picked.after.map((after) => (
                <Radio
                  key={after.prompt_id}
                  value={after.prompt_id}
                  label={
                    <span className={classes.excerpt} dir="auto">
                      {after.text}
                    </span>
                  }
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {picked !== undefined && (
          <TurnFields said={said} onChange={setSaid} isWriting={said.promptId === null} language={turn.language} field={words} />
        )}
        {sending.error !== null && <FormProblem error={sending.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Leave it there
          </Button>
          <Button type="submit" disabled={!isReady} loading={sending.isPending} rightSection={<Kbd of="go-on.send" keys="mod+Enter" quiet />}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
