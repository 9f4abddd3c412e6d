"""What queries mean, on one journal: the table that each implementation is held to."""

from __future__ import annotations

JOURNAL = {
    "pipeline.yml": """\
journal: Queries
currency: EUR
visibility: private
as-of: 2026-11-20
fiscal-year-starts: 7
rates: {USD: 0.5}
team:
  ann: {name: Ann Övergård}
  ben: {name: Ben}
lost-reasons: {price: Too dear}
views:
  large: value>=10k
  ann-s: {name: What Ann has, query: owner:ann}
  odd: '-tag:pilot "send it",Dairy'
pipelines:
  sales:
    fields:
      segment: {type: choice, options: [small, LARGE]}
      seats: {type: number}
      budget: {type: money}
      signed: {type: yes/no}
      lead-time: {type: duration}
      backer: {type: person}
      go-live: {type: date}
      view: {type: text}
      won: {type: number}
      own-won: {type: text}
    stages:
      lead: {name: New lead, probability: 10%, stale-after: 14d, steps: {found: Found them}}
      offer: {probability: 50%, was: [pitch, tender]}
      won: {type: won}
      lost: {type: lost}
      later: {type: parked}
""",
    "contacts/acme.md": "---\nname: Ácme & Søns\ntype: company\nlevel: client\n---\n",
    "contacts/jane-roe.md": "---\nname: Jane Roe\ncompany: acme\n---\n\n## 2026-09-01 know\n\n## 2026-10-01 like\n",
    "deals/a.md": """\
---
title: Straße 12, "the" crêperie
company: acme
contacts: [jane-roe champion]
owner: ann
stage: lead
value: 10 000
close: 2026-12-31
next: 2026-11-19 Call Jane
tags: [Pilot, two words]
segment: small
view: Over the lake
won: 3
seats: 12.5
signed: no
lead-time: 2w
need: yes
---

## 2026-06-01 stage lead

- [x] found
""",
    "deals/b.md": """\
---
title: Bakery
owner: ben
stage: offer
value: 30 000 USD
probability: 80%
category: commit
close: 2026-11-30
next: 2026-11-20 Send it
source: referral jane-roe
segment: LARGE
budget: 5 000.50 USD
backer: ann
go-live: 2027-01-01
want: yes
own-won: Twice
---

## 2026-11-18 stage offer

## 2026-11-19 call with jane-roe
""",
    "deals/c.md": """\
---
title: Cafe
owner: ben
stage: won
value: 7000 CHF
---

## 2026-10-05 stage won
""",
    "deals/d.md": """\
---
title: Dairy
owner: ann
stage: lost
lost-reason: price
value: 500
---

## 2026-07-01 stage lost
""",
    "deals/e.md": "---\ntitle: Éclair e-shop\nowner: ben\nstage: later\nwake: 2027-02-01\ncreated: 2026-01-05\n---\n",
}  # fmt: skip

CASES = {
    "": "abcde",
    # words alone: in the title, the id, names, tags and the next step, without case and accents
    "cafe": "c",
    "CRÊPERIE": "a",
    "creperie": "a",
    "strasse": "",
    "eclair": "e",
    "jane": "a",
    "acme": "a",
    "sons": "",
    "SØNS": "a",
    '"two words"': "a",
    "two words": "a",
    '"\\"the\\" c"': "a",
    "cafe,bakery": "bc",
    "-cafe": "abde",
    "-cafe,bakery": "ade",
    "e-shop": "e",
    '"send it"': "b",
    # one of some, by id or by name
    "stage:lead": "a",
    "stage=lead": "a",
    "STAGE:Lead": "a",
    'stage:"new lead"': "a",
    "stage:lead,offer": "ab",
    "-stage:lead,offer": "cde",
    "owner:ann": "ad",
    'owner:"ann overgard"': "ad",
    "owner:ann stage:lead": "a",
    "state:won": "c",
    "state:open,parked": "abe",
    "pipeline:sales": "abcde",
    "category:commit": "b",
    "category:none": "acde",
    "lost-reason:price": "d",
    'lost-reason:"too dear"': "d",
    "rung:like": "a",
    "rung:know": "",
    "level:client": "a",
    "step:found": "a",
    "need:yes": "a",
    "need:no": "",
    "need:none": "bcde",
    "signed:no": "a",
    "signed:false": "a",
    "segment:large,small": "ab",
    "segment:LARGE": "b",
    "backer:ann": "b",
    "tag:pilot": "a",
    "-tag:pilot": "bcde",
    "tag:any": "a",
    "tag:Two": "",
    'tag:"two words"': "a",
    "stale:yes": "a",
    "stale:no": "bcde",
    "stale:silent": "a",
    "stale:next-step-overdue,close-in-past": "a",
    # a part of an id or name
    "company:acme": "a",
    "company:sø": "a",
    "company:none": "bcde",
    "contact:roe": "a",
    "contact:jane-roe": "a",
    "id:b": "b",
    # with `=` the whole of either, or of a text
    "company=acme": "a",
    'company="acme & sons",acm,sø': "",
    'company="ÁCME & søns"': "a",
    "contact=jane-roe": "a",
    "contact=jane": "",
    'contact="jane roe"': "a",
    "-contact=jane": "abcde",
    "company=none": "bcde",
    "id=b,B": "b",
    "title=bak": "",
    "title=bakery": "b",
    'source="referral jane-roe"': "b",
    "own-view=lake": "",
    "stage=pitch": "b",
    "value=10k": "a",
    # a part of a text
    "title:bak": "b",
    "source:referral": "b",
    "source:any": "b",
    # days and periods
    "close:2026-12-31": "a",
    "close:2026-12": "a",
    "close:2026-11,2026-12": "ab",
    "close:this-month": "b",
    "close:next-month": "a",
    "close:2027": "ab",
    "close:2026": "",
    "close:2027-Q2": "ab",
    "close:2027-q1": "",
    "close:this-quarter": "ab",
    "close:this-year": "ab",
    "close<2026-12": "b",
    "close<=2026-12": "ab",
    "close>2026-11": "a",
    "close>=2026-11": "ab",
    "close>=2026-12": "a",
    "close<=+10d": "b",
    "close<+10d": "",
    "close>today": "ab",
    "-close<today": "abcde",
    "close:none": "cde",
    "next<today": "a",
    "next<=today": "ab",
    "next:today": "b",
    "next:yesterday": "a",
    "next:this-week": "ab",
    "next:last-week": "",
    "won:2027-Q2": "c",
    "won:any": "c",
    "lost:last-quarter": "d",
    "lost>=2026-07-01 lost<=2026-07-01": "d",
    "wake>today": "e",
    "created:2026-01": "e",
    "last:-1d": "b",
    "since<-4w": "acde",
    "go-live:2027-01": "b",
    # numbers: money in the journal's currency
    "value>=10000": "ab",
    "value>10k": "b",
    "value:15000": "b",
    "value<1k": "d",
    'value>="10 000"': "ab",
    "value:any": "abcd",
    "value:none": "e",
    "value<1m": "abd",
    "expected>=1k": "ab",
    "expected>=12000": "b",
    "budget:2500.25": "b",
    "value>0.500 value<18.0001k": "abd",
    "own-view:lake": "a",
    "own-view:none": "bcde",
    "own-won:twice": "b",
    "own-own-won>2": "a",
    "own-own-won:any won:none": "a",
    "stage:pitch": "b",
    "-stage:TENDER,lead": "cde",
    "probability>=50%": "b",
    "probability:10%": "a",
    "probability<0.5": "a",
    "probability>=50": "b",
    "days>1": "abcde",
    "days<=2": "b",
    "days>2w": "acde",
    "seats>12": "a",
    "seats:12.5": "a",
    "seats:12": "",
    "lead-time:2w": "a",
    "lead-time<1m": "a",
    # saved views, by id or by name
    "view:large": "ab",
    "VIEW:Large": "ab",
    'view:"what ann has"': "ad",
    "view:large,ann-s": "abd",
    "view:large view:ann-s": "a",
    "view:odd": "bd",
    "-view:odd": "ace",
    "-view:large,ann-s": "ce",
}
"""The ids of the deals that each query means."""

MISTAKES = {
    "stage:leed": ("`leed` is no value of `stage`.", "Did you mean `lead`?"),
    "stag:lead": ("There is no field `stag`.", "Did you mean `stage`?"),
    "http://x.example": ("There is no field `http`.", 'write `"http://x.example"`'),
    "stage>lead": ("`stage` has no order", "Write `stage:lead`."),
    "value:much": ("`much` is no number.", "Write a number, as `10000`, `10k`."),
    "value>=10,000": ("A comma means or: `10,000` are 2 amounts.", "Write `value>=10000`."),
    "days:5k": ("`5k` is no number.", "`30`, `2w`"),
    "close:30.11.2026": ("`30.11.2026` is no day or period.", "Did you mean `2026-11-30`?"),
    "close:2026-13": ("`2026-13` is no day or period.", "Write `2026-11-30`"),
    "close:soon": ("`soon` is no day or period.", "Write `2026-11-30`"),
    "close>any": ("`close` has no order", "Write `close:any`."),
    "stage:": ("`stage:` says nothing.", "as in `stage:any`"),
    "-stage:": ("`-stage:` says nothing.", "as in `-stage:any`"),
    "stage:,": ("`stage:` says nothing.", "as in `stage:any`"),
    "stage=": ("`stage=` says nothing.", "as in `stage=any`"),
    "value>": ("`value>` says nothing.", "as in `value>10000` or `value>today`"),
    "-": ("`-` says nothing.", "what is not meant, as in `-tag:pilot`"),
    "lead -": ("`-` says nothing.", "as in `-tag:pilot`"),
    "-,": ("`-` says nothing.", "as in `-tag:pilot`"),
    ",": ("`,` says nothing.", "between words of which one is meant"),
    "--": ("Two `-` stand before a term.", "One means not, as in `-tag:pilot`"),
    "--lead": ("Two `-` stand before a term.", 'is quoted, as in `"-5"`'),
    ":": (
        "No field stands before `:`.",
        'as in `stage:any`; a word that has it is quoted, as in `":"`',
    ),
    "-:": ("No field stands before `:`.", "as in `stage:any`"),
    ">=10k": ("No field stands before `>`.", "as in `value>10k`"),
    '"': ("A quote is not closed.", 'Put `"` behind the last word.'),
    '""': ('`""` asks for an empty word.', "Put words into the quotes."),
    'tag:" "': ('`tag:" "` asks for an empty word.', "write `tag:none`"),
    'pilot,""': ('`pilot,""` asks for an empty word.', "Put words into the quotes."),
    "a,": ("Nothing stands behind the comma.", "Write a word there."),
    "value>=18.000": ("`18.000` can be read in two ways.", "Write `18000`, or `18` if the"),
    "value>=180.500": ("`180.500` can be read in two ways.", "Write `180500`, or `180.5` if the"),
    "value<8.125": ("`8.125` can be read in two ways.", "Write `8125`, or `8.1250` if the"),
    "view:lrge": ("`lrge` is no value of `view`.", "Did you mean `large`?"),
    "view:any": ("`any` is no value of `view`.", "There are: `large`, `ann-s`, `odd`."),
    "view>large": ("`view` has no order", "Write `view:large`."),
    '"open': ("A quote is not closed.", 'Put `"` behind the last word.'),
    '"a"b': ("A blank is missing between words.", "Put one there."),
}
"""What is said of queries that mean nothing: a sentence, and a part of what to do."""
