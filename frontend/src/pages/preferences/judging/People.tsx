import { type Column, count, DataTable, percent, StatusBadge } from "@/ui";
import { type Bounded, type NamedPerson, type Person, pullTold, shareTold, standsOut, type Told } from "./figures";
import classes from "./People.module.css";
import { Whisker } from "./Whisker";

/** Everybody who judges, by the names the project knows them by. */
export function People({ people }: { people: readonly NamedPerson[] }) {
  return <DataTable label="People" columns={[who, ...columns]} rows={people} rowKey={(person) => person.pseudonym} />;
}

const who: Column<NamedPerson> = {
  key: "who",
  header: "Who",
  width: "200px",
  render: (person) => (
    <span className={classes.who}>
      {person.pseudonym}
      {person.is_simulated && <StatusBadge state="simulated" />}
      <Marks person={person} />
    </span>
  ),
};

function Marks({ person }: { person: Person }) {
  return standsOut(person).map((mark) => (
    <span key={mark} className={classes.mark}>
      {mark}
    </span>
  ));
}

const columns: readonly Column<NamedPerson>[] = [
  { key: "judgments", header: "Answers", width: "80px", align: "end", render: (person) => count(person.judgments) },
  { key: "reliability", header: "Says what is meant", render: (person) => <Drawn value={person.reliability} told={reliabilityTold(person)} from={0} to={1} none={0.5} /> },
  { key: "side", header: "First place wins", render: (person) => <Drawn value={person.side} told={pullTold(person.side, "not measured")} from={-2.5} to={2.5} none={0} /> },
  { key: "length", header: "Twice as long wins", render: (person) => <Drawn value={person.length} told={pullTold(person.length, "not measured")} from={-2.5} to={2.5} none={0} /> },
  { key: "others", header: "As most others say", render: (person) => <Words told={shareTold(person.others, "nobody else judged")} /> },
  { key: "same", header: "The same again", render: (person) => <Words told={shareTold(person.same, "not asked again")} /> },
  { key: "known", header: "Known pairs right", render: (person) => <Words told={shareTold(person.known, "none answered")} /> },
];

function reliabilityTold(person: Person): Told {
  if (person.reliability === null) return { value: "—", note: "not measured" };
  const { size: share, low, high } = person.reliability;
  return { value: percent(share), note: `${percent(low)} to ${percent(high)}` };
}

function Drawn({ value, told, from, to, none }: { value: Bounded | null; told: Told; from: number; to: number; none: number }) {
  if (value === null) return <Words told={told} />;
  return (
    <span className={classes.drawn}>
      <Whisker value={value} from={from} to={to} none={none} />
      <Words told={told} />
    </span>
  );
}

function Words({ told }: { told: Told }) {
  return (
    <span className={classes.words}>
      {told.value}
      <span className={classes.note}>{told.note}</span>
    </span>
  );
}

/** How one person judges, told to themselves. */
export function Own({ person }: { person: Person }) {
  const marks = standsOut(person);
  return (
    <dl className={classes.own}>
      <Line label="Answers measured" told={{ value: count(person.judgments), note: "" }} />
      <Line label="You say what the others’ answers lead one to expect" told={reliabilityTold(person)} />
      <Line label="Between equals, the one shown first wins with you" told={pullTold(person.side, "not measured")} />
      <Line label="Between equals, the one twice as long wins with you" told={pullTold(person.length, "all responses are about as long")} />
      <Line label="Where most others say one thing, you say it too" told={shareTold(person.others, "nobody else judged the same")} />
      <Line label="Asked once more, you say the same" told={shareTold(person.same, "not measured")} />
      <Line label="What stands out" told={{ value: marks.length === 0 ? "Nothing beyond doubt" : marks.join("; "), note: "" }} />
    </dl>
  );
}

function Line({ label, told }: { label: string; told: Told }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Words told={told} />
      </dd>
    </div>
  );
}
