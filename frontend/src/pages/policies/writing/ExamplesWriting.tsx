import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ClauseText, ExampleItem, ExamplesBlock } from "../shapes";
import classes from "./ExamplesWriting.module.css";
import { ProseField } from "./ProseField";

/** Examples one under the other: the post, the ruling, the reason. */
export function ExamplesWriting({
  block,
  text,
  onChange,
}: {
  block: ExamplesBlock;
  text: ClauseText;
  onChange: (block: ExamplesBlock) => void;
}) {
  const put = (at: number, change: Partial<ExampleItem>): void => {
    onChange({ ...block, items: block.items.map((item, index) => (index === at ? { ...item, ...change } : item)) });
  };
  const add = (): void => {
    const usual = text.answers.find((answer) => answer.harmful === (block.type === "examples"));
    const item: ExampleItem = { text: "", ruling: usual?.value ?? "", why: "", severity: null };
    onChange({ ...block, items: [...block.items, item] });
  };
  const noun = block.type === "examples" ? "Example" : "Counter-example";
  return (
    <div className={classes.list}>
      {block.items.map((item, at) => (
        <div key={at} className={classes.item} role="group" aria-label={`${noun} ${at + 1}`}>
          <ProseField
            label={`${noun} ${at + 1}: the post`}
            hint="What was posted, in its own words."
            value={item.text}
            onChange={(value) => put(at, { text: value })}
          />
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
            <ActionIcon
              size={24}
              aria-label={`Take out ${noun.toLowerCase()} ${at + 1}`}
              onClick={() => onChange({ ...block, items: block.items.filter((_, index) => index !== at) })}
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
      <Button className={classes.add} variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
        Add {noun === "Example" ? "an example" : "a counter-example"}
      </Button>
    </div>
  );
}
