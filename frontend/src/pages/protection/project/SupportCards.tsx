import { Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { Support } from "@/work/protection/shapes";
import classes from "../Protection.module.css";

const fresh: Support = { locale: "en", title: "", text: "", contact: "", links: [] };

/** Whom people can turn to, a card a language. */
export function SupportCards({ cards, onChange }: { cards: readonly Support[]; onChange: (cards: Support[]) => void }) {
  const put = (at: number, change: Partial<Support>): void => onChange(cards.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <>
      {cards.map((card, at) => (
        <div key={`${at} ${cards.length}`} className={classes.card} role="group" aria-label={`Card ${at + 1}`}>
          <div className={classes.inputs}>
            <TextInput label="Language" w={90} maxLength={20} value={card.locale} onChange={(event) => put(at, { locale: event.currentTarget.value })} />
            <TextInput label="Title" miw={240} maxLength={120} value={card.title} onChange={(event) => put(at, { title: event.currentTarget.value })} />
            <TextInput label="Contact" miw={240} maxLength={200} value={card.contact} onChange={(event) => put(at, { contact: event.currentTarget.value })} />
          </div>
          <Textarea label="Text" maxLength={2000} value={card.text} onChange={(event) => put(at, { text: event.currentTarget.value })} />
          <Textarea
            label="Links"
            description="One a line: its name, then its address."
            placeholder="Talk to somebody https://example.org/help"
            key={`links ${at} ${cards.length}`}
            defaultValue={card.links.map((link) => `${link.title} ${link.url}`).join("\n")}
            onBlur={(event) => put(at, { links: linksIn(event.currentTarget.value) })}
          />
          <div>
            <Button variant="subtle" color="rust" size="xs" onClick={() => onChange(cards.filter((_, index) => index !== at))}>
              Remove this card
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...cards, fresh])}>
          Add a card
        </Button>
      </div>
    </>
  );
}

/** Lines that end in an address; the words before it are its name. */
export function linksIn(text: string): Support["links"] {
  return text.split("\n").flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const url = words.pop() ?? "";
    if (!/^(https?:|mailto:|tel:)/.test(url)) return [];
    return [{ title: words.length === 0 ? url : words.join(" "), url }];
  });
}
