"""The demo's policy as data: a rubric for a neighbourhood marketplace, and what its second release changes."""

from __future__ import annotations

from typing import Any

from config.demo.policy_blocks import axis, changed, clear_or_not, example, verdict

__all__ = ["CLAUSES", "POLICY", "REVISION"]

POLICY = {
    "key": "community-safety",
    "title": "Community safety for a neighbourhood marketplace",
    "summary": (
        "What may be posted where neighbours trade, help each other and talk. Annotators answer each clause on "
        "its own: one post can break several, and a post that breaks none is the common case."
    ),
}

_WEAPONS = verdict(
    title="Weapons sale",
    question="Does the post offer, seek or arrange the sale of a weapon between private people?",
    definition=(
        "The post **offers, seeks or arranges** handing over a working firearm, its parts or ammunition, a crossbow, "
        "or a knife made for fighting, from one private person to another. The deal may be open (“for sale”) or "
        "hinted at (“message me, no papers”), and payment may be money, a swap or nothing."
    ),
    use_when=(
        "- A weapon is shown or named *and* there is a price, a place, a contact or a way of posting it.\n"
        "- Somebody asks where to get one without papers.\n"
        "- The picture shows the weapon and the caption only says “available” or “DM”."
    ),
    avoid_when=(
        "- Kitchen, pocket and garden knives that are sold as tools.\n"
        "- Toys, film props and museum pieces that cannot fire, when the post says so.\n"
        "- A news report, or a licensed shop giving its opening hours."
    ),
    examples=[
        example(
            "Old revolver of my uncle, works, cash only, behind the school after eight",
            "violates",
            "A working firearm, cash, and a place: everything a deal needs.",
            severity=3,
        ),
        example(
            "Fighting knives, new, I post anywhere",
            "violates",
            "Made for fighting and sent without any check; less grave than a firearm.",
            severity=2,
        ),
    ],
    counter_examples=[
        example(
            "Set of six kitchen knives, hardly used, pick-up by the station",
            "allowed",
            "A tool sold as a tool.",
        ),
        example(
            "The castle shows its crossbows again on Sunday",
            "allowed",
            "An exhibition; nothing changes hands.",
        ),
    ],
    rationale=(
        "Private sales reach people who may not own weapons, and nobody checks. A wrongly removed kitchen knife is "
        "repaired in a minute; a firearm that was sold is not."
    ),
    modalities=["text", "image", "video", "audio"],
    evidence_kinds=["box", "part"],
    requires={"evidence": True, "severity": True},
    severities=("A fighting knife or a spare part", "A crossbow or ammunition", "A firearm"),
    relations=[{"kind": "see_also", "clause_key": "graphic-content"}],
    codes=[{"taxonomy": "mlcommons", "code": "S2"}],
)

_SCAM = verdict(
    title="Scam",
    question="Does the post try to get money from the reader by deceiving them?",
    definition=(
        "The post asks the reader to **pay first** (a fee, a deposit, a gift card, a transfer) for something that "
        "the post promises and that the author plainly does not intend to give: a prize, a flat, a job, a delivery."
    ),
    use_when=(
        "- A prize or a parcel is released only after a payment.\n"
        "- A job pays well, but the training has to be paid for first.\n"
        "- The goods are “in storage” or “abroad”, and the full price is due before anybody has seen them."
    ),
    avoid_when=(
        "- An honest seller who takes a deposit on collection.\n"
        "- A high price, or a bad bargain.\n"
        "- A warning about a scam that quotes it."
    ),
    examples=[
        example(
            "You have won a camera. Send a 15 euro gift card for the courier",
            "violates",
            "A prize that costs money in advance.",
            severity=2,
        ),
        example(
            "Flat by the harbour, I am abroad, transfer two rents and I post the key",
            "violates",
            "A large sum before anyone can look at the flat.",
            severity=3,
        ),
    ],
    counter_examples=[
        example(
            "Oak table 80 euro, ten in advance holds it until Saturday",
            "allowed",
            "A small deposit for something the buyer will collect.",
        ),
        example(
            "Careful: a man here writes “pay the deposit first”. Do not!",
            "allowed",
            "Quotes a scam to warn of it.",
        ),
    ],
    rationale=(
        "Money sent by gift card or transfer does not come back, and the same text is sent to hundreds of people."
    ),
    modalities=["text", "image", "audio"],
    evidence_kinds=["text_span"],
    requires={"evidence": True, "severity": True},
    severities=("Under 20 euro", "Up to a week's wage", "Savings, rent or a bank account"),
    relations=[{"kind": "takes_precedence", "clause_key": "spam"}],
    codes=[{"taxonomy": "mlcommons", "code": "S2"}],
)

_HARASSMENT = verdict(
    title="Harassment",
    question="Does the post attack, threaten or humiliate a person?",
    definition=(
        "The post turns against **a person who can be recognised** by name, picture or address, and insults, threatens "
        "or shames them, or calls on others to do it. One remark is enough when it threatens; an insult counts when "
        "it is meant to wound and says nothing about the matter."
    ),
    use_when=(
        "- A named person is called worthless, ugly or the like.\n"
        "- Somebody is told to leave or something will happen.\n"
        "- Readers are asked to post pictures of a person in order to laugh at them."
    ),
    avoid_when=(
        "- Harsh words about a deal, a repair or an opinion, without turning on the person.\n"
        "- Banter between people who both take part.\n"
        "- The person affected shows what was written to them."
    ),
    examples=[
        example(
            "Tell Robin every day what a nobody she is",
            "violates",
            "Names a person and calls on others to insult her.",
            severity=2,
        ),
        example("We know your street. Move out, or we help you move", "violates", "A threat.", severity=3),
    ],
    counter_examples=[
        example(
            "The repair was careless and he did not answer my letters",
            "allowed",
            "Sharp, but about the repair.",
        ),
    ],
    rationale="People who are attacked where they live stop posting, and then stop going out.",
    modalities=["text", "image", "video", "audio"],
    evidence_kinds=["text_span", "part"],
    requires={"severity": True},
    severities=("An insult", "Repeated, or calling on others", "A threat"),
)

_SPAM = verdict(
    title="Spam",
    question="Is the post unwanted bulk or bait?",
    definition=(
        "The post exists to be **seen as often as possible**, not to be read: the same text many times over, words "
        "heaped up for the search, followers for sale, or a link whose promise has nothing to do with this place."
    ),
    use_when=(
        "- One offer repeated within the post or word for word every hour.\n"
        "- “Copy this to ten groups”, followers or likes on offer.\n"
        "- A heap of keywords instead of sentences."
    ),
    avoid_when=(
        "- A trader who lists what is in stock, once.\n"
        "- A neighbour who asks again after a week.\n"
        "- A post that is badly written; see *Language quality*."
    ),
    examples=[
        example(
            "LAMP lamp LAMP cheap lamp link in profile LAMP lamp",
            "violates",
            "Heaped keywords and a link; nothing to read.",
        ),
    ],
    counter_examples=[
        example(
            "Still looking for a bicycle for my son, asked last week too",
            "allowed",
            "A real wish, repeated once.",
        ),
    ],
    rationale="A marketplace drowned in bulk posts is left by those who had something to offer.",
    modalities=["text", "image", "video", "audio"],
    evidence_kinds=[],
)

_MEDICAL = verdict(
    title="Medical misinformation",
    question="Does the post spread a false claim about health that could hurt someone who follows it?",
    definition=(
        "The post states as fact that something **cures, prevents or causes an illness**, against what medicine "
        "knows, so that a reader who believes it would leave off a treatment or do something dangerous."
    ),
    use_when=(
        "- A household remedy “cures” cancer, diabetes or an infection.\n"
        "- Readers are told to stop a medicine or to refuse a vaccine.\n"
        "- A device or necklace keeps viruses away."
    ),
    avoid_when=(
        "- Comfort for a cold: tea, soup, rest.\n"
        "- Somebody asks whether a claim is true.\n"
        "- Personal experience with a treatment, told without advising others."
    ),
    examples=[
        example(
            "Insulin is a lie, two spoons of vinegar and your sugar is gone",
            "violates",
            "Who follows this leaves off a medicine that keeps them alive.",
            severity=3,
        ),
        example(
            "Copper bracelet keeps the flu away, no jab needed",
            "violates",
            "Advises against a vaccine.",
            severity=2,
        ),
    ],
    counter_examples=[
        example(
            "Ginger tea always does me good when I have a cold", "allowed", "Comfort, harmless, one's own."
        ),
    ],
    rationale="Harm comes late and out of sight: the person who believed it does not come back to complain.",
    modalities=["text", "image", "video", "audio"],
    evidence_kinds=["text_span", "part"],
    requires={"severity": True},
    severities=("Useless but harmless", "Keeps somebody from precaution", "Keeps somebody from treatment"),
    codes=[{"taxonomy": "mlcommons", "code": "S6"}],
)

_GRAPHIC = verdict(
    title="Graphic content",
    question="Does the post show blood, injury or death uncovered?",
    definition=(
        "A picture or video shows **open wounds, blood, a dead body or an animal being cut up**, without a cover and "
        "without need. Staged scenes count when they look real."
    ),
    use_when=(
        "- The part itself shows it, if only for a moment.\n"
        "- The caption warns of it, but the picture is not covered.\n"
        "- A drill or a film scene that somebody passing by would take for real."
    ),
    avoid_when=(
        "- Words alone: a description, however vivid.\n- A plaster, a bruise, an X-ray.\n- Meat on a counter."
    ),
    examples=[
        example(
            "Photograph of a head wound from a road accident, uncovered",
            "violates",
            "An open injury of a real person.",
            severity=3,
        ),
        example(
            "First-aid drill with painted wounds, filmed close up", "violates", "Looks real.", severity=1
        ),
    ],
    counter_examples=[
        example("The butcher's counter on Saturday morning", "allowed", "Meat, not an animal being cut up."),
    ],
    rationale="Nobody chose to see it, children pass by, and annotators carry it home as well.",
    modalities=["text", "image", "video"],
    evidence_kinds=["box", "time_range", "part"],
    requires={"evidence": True, "severity": True},
    severities=("Staged or slight", "Real injury", "Death or grave injury"),
)

_LANGUAGE = clear_or_not(
    title="Language quality",
    question="Can a reader who knows the language understand what is meant?",
    definition=(
        "Whether the text says something that **can be understood**. Spelling, dialect and bad grammar do not "
        "matter as long as the sense comes through. It is a fact about the text, not a fault of its author."
    ),
    use_when="- After reading twice you could tell a friend what the post says.",
    avoid_when="- Do not use it to mark a post in a language you do not read: decline the task instead.",
    examples=[example("selling lamp works good come saterday", "clear", "Errors, but the sense is plain.")],
    counter_examples=[
        example("ok so the the thing maybe or not you know", "unclear", "Nothing can be taken from it.")
    ],
    rationale="Models should not learn rules from posts that nobody understood.",
)

_HELPFUL = axis(
    title="Helpful",
    question="Which response helps the person more with what they asked?",
    definition=(
        "A response helps when it **does what was asked**, is right, and can be acted on. Length is no merit. "
        "A refusal helps when it says what the person can do instead."
    ),
    use_when="- Ask which of the two the person would rather have received.",
    avoid_when="- Do not weigh harm here; that is the other axis.",
    rationale="The two axes are kept apart so that a model can learn both and a team can decide between them.",
)

_HARMLESS = axis(
    title="Harmless",
    question="Which response is less likely to lead to harm?",
    definition=(
        "A response is harmless when **following it hurts nobody**: neither the person who asks nor anybody else. "
        "Facts in a dictionary do no harm; a plan for hurting somebody does."
    ),
    use_when="- Imagine a careless reader who does exactly what the response says.",
    avoid_when="- Do not reward vagueness: a clear and safe answer is as harmless as none.",
    rationale="A response can be helpful and harmful at once, and the data has to be able to say so.",
)

CLAUSES: list[dict[str, Any]] = [
    {"key": key, "parent_key": "", "document": document}
    for key, document in (
        ("weapons-sale", _WEAPONS),
        ("scam", _SCAM),
        ("harassment", _HARASSMENT),
        ("spam", _SPAM),
        ("medical-misinformation", _MEDICAL),
        ("graphic-content", _GRAPHIC),
        ("language-quality", _LANGUAGE),
        ("helpful", _HELPFUL),
        ("harmless", _HARMLESS),
    )
]

REVISION: list[dict[str, Any]] = [
    {
        "key": "scam",
        "change": "semantic",
        "change_reason": (
            "Requests for codes and identity documents were let through because no payment was asked for. They now "
            "count, so earlier answers of “allowed” may be wrong."
        ),
        "document": changed(
            _SCAM,
            question="Does the post try to get money, codes or identity papers from the reader by deceiving them?",
            definition=(
                "The post asks the reader to **pay first** (a fee, a deposit, a gift card, a transfer), or to **hand "
                "over a sign-in code, bank details or a copy of an identity document**, for something that the post "
                "promises and that the author plainly does not intend to give: a prize, a flat, a job, a delivery."
            ),
            use_when=(
                "- A prize or a parcel is released only after a payment.\n"
                "- A job pays well, but the training has to be paid for first.\n"
                "- A landlord or employer wants a copy of the passport before anybody has met.\n"
                "- The reader is to pass on a code that arrives by text message.\n"
                "- The goods are “in storage” or “abroad”, and the full price is due before anybody has seen them."
            ),
        ),
    },
    {
        "key": "harassment",
        "change": "editorial",
        "change_reason": "Reads more easily; who is protected and what counts stay as they were.",
        "document": changed(
            _HARASSMENT,
            definition=(
                "The post turns against **a person who can be identified** by name, picture or address, and insults, "
                "threatens or shames them, or calls on others to do it. One remark is enough when it threatens; an "
                "insult counts when it is meant to hurt and says nothing about the matter."
            ),
            rationale="People who are attacked where they live stop posting, and later stop leaving the house.",
        ),
    },
]
