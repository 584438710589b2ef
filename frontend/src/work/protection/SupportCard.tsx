import type { Support } from "./shapes";
import { supportFor } from "./words";
import classes from "./SupportCard.module.css";

/** Whom to talk to, in the words of the organization. */
export function SupportCard({ support }: { support: readonly Support[] | undefined }) {
  const card = supportFor(support ?? [], navigator.languages);
  if (card === undefined) return null;
  const { title, text, contact, links, locale } = card;
  return (
    <section className={classes.card} aria-label={title === "" ? "Support" : title} lang={locale === "" ? undefined : locale} dir="auto">
      <h2 className={classes.title}>{title === "" ? "Support" : title}</h2>
      {text !== "" && <p className={classes.text}>{text}</p>}
      {contact !== "" && <p className={classes.contact}>{contact}</p>}
      {links.length > 0 && (
        <ul className={classes.links}>
          {links.map((link) => (
            <li key={link.url}>
              <a href={link.url} target="_blank" rel="noreferrer noopener">
                {link.title}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
