import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { IconPhoto, IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { focusNext } from "@/ui/focus";
import { ExampleMedia } from "@/work/rule/ExampleMedia";
import type { ClauseText, ExampleItem, ExamplesBlock } from "../shapes";
import classes from "./ExamplesWriting.module.css";
import { MediaPicker } from "./MediaPicker";
import { ProseField } from "./ProseField";

/** Examples one under the other: the post, the ruling, the reason. */
export function ExamplesWriting({
  block,
  text,
  projectId,
  releaseId,
  onChange,
}: {
  block: ExamplesBlock;
  text: ClauseText;
  projectId: string;
  releaseId: string;
  onChange: (block: ExamplesBlock) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const itemAt = (at: number): HTMLElement | undefined =>
    at < 0 ? undefined : [...(list.current?.querySelectorAll<HTMLElement>("[data-example]") ?? [])][at];
  const put = (at: number, change: Partial<ExampleItem>): void => {
    onChange({ ...block, items: block.items.map((item, index) => (index === at ? { ...item, ...change } : item)) });
  };
  const add = (): void => {
    const usual = text.answers.find((answer) => answer.harmful === (block.type === "examples"));
    const item: ExampleItem = { text: "", ruling: usual?.value ?? "", why: "", severity: null, media: [] };
    onChange({ ...block, items: [...block.items, item] });
    focusNext(() => itemAt(block.items.length)?.querySelector("textarea"));
  };
  const remove = (at: number): void => {
    const left = block.items.length - 1;
    onChange({ ...block, items: block.items.filter((_, index) => index !== at) });
    focusNext(() => {
      if (list.current?.querySelectorAll("[data-example]").length !== left) return null;
      return itemAt(Math.min(at, left - 1))?.querySelector("textarea") ?? list.current.querySelector<HTMLElement>("[data-add]");
    });
  };
  const [picking, setPicking] = useState<number | null>(null);
  const noun = block.type === "examples" ? "Example" : "Counter-example";
  return (
    <div className={classes.list} ref={list} data-examples>
      {block.items.map((item, at) => (
        <div key={at} className={classes.item} data-example role="group" aria-label={`${noun} ${at + 1}`}>
          <ProseField
            label={`${noun} ${at + 1}: the post`}
            hint="What was posted, in its own words."
            value={item.text}
            onChange={(value) => put(at, { text: value })}
          />
          <ExampleMedia projectId={projectId} releaseId={releaseId} media={item.media} label={`${noun.toLowerCase()} ${at + 1}`} />
          {item.media.map((shown, index) => (
            <div key={shown.asset_id} className={classes.media}>
              <TextInput
                size="xs"
                aria-label={`${noun} ${at + 1}, file ${index + 1}: what is in it`}
                placeholder="What is in it, for those who leave it covered"
                maxLength={500}
                value={shown.note}
                onChange={(event) => {
                  const note = event.currentTarget.value;
                  put(at, { media: item.media.map((one, place) => (place === index ? { ...one, note } : one)) });
                }}
              />
              <ActionIcon
                size={24}
                aria-label={`Take file ${index + 1} out of ${noun.toLowerCase()} ${at + 1}`}
                onClick={() => put(at, { media: item.media.filter((_, place) => place !== index) })}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </div>
          ))}
          <div className={classes.ruling}>
            <NativeSelect
              aria-label={`${noun} ${at + 1}: ruling`}
              size="xs"
              value={item.ruling}
              onChange={(event) => put(at, { ruling: event.currentTarget.value })}
              data={[{ value: "", label: "No ruling" }, ...text.answers.map(({ value, label }) => ({ value, label }))]}
            />
            {text.severities.length > 0 && (
              <NativeSelect
                aria-label={`${noun} ${at + 1}: severity`}
                size="xs"
                value={item.severity ?? ""}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  put(at, { severity: value === "" ? null : Number(value) });
                }}
                data={[
                  { value: "", label: "No severity" },
                  ...text.severities.map((step) => ({ value: String(step.value), label: step.label })),
                ]}
              />
            )}
            {item.media.length < 4 && (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconPhoto size={14} aria-hidden />}
                aria-label={`${noun} ${at + 1}: show a file`}
                onClick={() => setPicking(at)}
              >
                Show a file
              </Button>
            )}
            <ActionIcon
              size={24}
              aria-label={`Take out ${noun.toLowerCase()} ${at + 1}`}
              onClick={() => remove(at)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </div>
          <ProseField
            label={`${noun} ${at + 1}: why`}
            hint="Why it is ruled so."
            size="small"
            value={item.why}
            onChange={(value) => put(at, { why: value })}
          />
        </div>
      ))}
      <Button
        className={classes.add}
        data-add
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
      >
        Add {noun === "Example" ? "an example" : "a counter-example"}
      </Button>
      <MediaPicker
        projectId={projectId}
        isOpen={picking !== null}
        onClose={() => setPicking(null)}
        onChosen={(assetId) => {
          const item = picking === null ? undefined : block.items[picking];
          if (picking !== null && item !== undefined && !item.media.some((one) => one.asset_id === assetId)) {
            put(picking, { media: [...item.media, { asset_id: assetId, note: "" }] });
          }
          setPicking(null);
        }}
      />
    </div>
  );
}
