"""What a treatment is not, or not yet: left out, booked, still to come, offered, undecided.

These are said around a treatment in many forms ("is left out with her agreement", "only after delivery", "Next: …").
What is read as given there would be a falsehood about the person.
"""

from __future__ import annotations

import re

# What may stand between a treatment and what is said of it: its place, its dose, its cycles, of what kind it is.
_AND = (
    r"and(?=\s(?:the\s)?(?:regional|supraclav|infraclav|axilla|internal|chest|breast|lymph|nod|armpit|left"
    r"|right|boost)\w*)"
)
_TAIL = (
    r"(?:\s?\([^()\n]{1,50}\))?(?:\s?[x×]\s?\d{1,2})?(?:\s(?:for|every)\s\w{1,8}\s(?:cycles?|courses?|weeks?|days"
    r"|months))?"
    rf"(?:\s(?:{_AND}|(?!(?:and|or|but|which|who|then|is|are|was|were|has|have|had|not|being|in|on|from|since|until"
    rf"|after"
    r"|before|with|because|for|at|only|he|she|we|they|will)\b)[^\s.,;:()]{1,20})){0,9}"
)
_BE = (
    r"(?:\s(?:is|are|was|were|will\sbe|has\sbeen|have\sbeen|had\sbeen|being|be|therefore|now|currently|still|also"
    r"|yet|deliberately|purposely|to)){0,4}"
)
_SAYS = r"(?:\s?[:–—-]|,|\s\()?\s?"
_LEFT_OUT = (
    r"(?:left\sout|being\sleft\sout|omitted|skipped|withheld|dropped|forgone|foregone|spared|dispensed\swith"
    r"|(?:not|un)\s?(?:thought|felt|considered|deemed|judged)?\s?(?:to\sbe\s)?(?:necessary|needed|required"
    r"|warranted|justified)"
    r"|not\s(?:thought|felt|considered|expected|likely)\s(?:to\sbe\s(?:of\s)?(?:any\s|much\s)?|to\s|of\s"
    r"|worth\w*\s?)(?:benefit\w*|help\w*|useful|gain|add|needed)?"
    r"|not\s(?:going\sahead|wanted|intended|part\sof))\b"
)
_COMING = (
    r"(?:(?:provisionally\s)?(?:booked|listed|lined\sup|organi[sz]ed|arranged|pencilled\sin|timetabled"
    r"|requested)\b(?!\sand\s(?:given|done))"
    r"|being\s(?:planned|arranged|organi[sz]ed|booked|scheduled|set\sup|prepared)|in\splanning|(?:still\s"
    r"|yet\s)to\s(?:come|be\b|start|begin|follow)"
    r"|to\s(?:come|follow)\b|to\s(?:begin|start)\s(?:on|in|from|next|after|when|once|this|tomorrow)\b|to\s(?:begin"
    r"|start)(?=\s?(?:[.;,]|$))|due\b(?!\sto\s(?:her|his|the|a|an|side|toxic|progress))|awaited\b|upcoming\b"
    r"|outstanding\b"
    r"|postponed\b|put\s(?:off|back)\b|(?:planning\s)?(?:appointment|referral|consultation)\s(?:on\b|in\b|is\b|next"
    r"|made|sent|requested|\d)"
    r"|(?:the\s|our\s|her\s|his\s)?(?:likely|probable|planned|intended|preferred|obvious)\s(?:next|choice|option)\b"
    r"|(?:comes?|follows?)\s(?:next|later|afterwards|last)\b|next\b(?!\sto\b)|will\s(?:come|follow)\b)"
)
_OPEN = (
    r"(?:undecided\b|(?:has\s|have\s)?not\s(?:yet\s)?(?:been\s)?(?:decided|settled|agreed|confirmed|approved|funded)\b"
    r"|(?:yet\s|still\s)?to\sbe\s(?:decided|discussed|confirmed|considered|agreed|settled)\b"
    r"|(?:still\s)?(?:an?\s)?open\s?(?:question\b|[.;,]|$)"
    r"|under\s(?:discussion|consideration|review)\b|for\s(?:discussion|consideration)\b|tb[cd]\b"
    r"|awaiting\s(?:an?\s|the\s|her\s|his\s)?(?:decision|approval|funding|authori[sz]ation|answer|result)"
    r"|decision\s(?:awaited|pending|outstanding|deferred|to\sfollow)|still\s(?:being\s)?(?:considered|discussed"
    r"|weighed)"
    r"|(?:will\s)?(?:depends?|hinges?)\s(?:up)?on\b|mentioned\b|brought\sup\b|talked\s(?:about|over)\b|(?:has"
    r"|have)\snot\smade\sup"
    r"|(?:no|without\sa)\sdecision\b|in\squestion\b|thinking\s(?:about|it)|being\s(?:considered|discussed|weighed))"
)
_OFFERED = r"offered\b(?!\sand\s(?:accepted|begun|started|taken))"
_FLAGS = re.IGNORECASE
_BEHIND = tuple(
    (kind, re.compile(_TAIL + (_BE + r"\s" if bare else r"(?:" + _BE + r"\s|" + _SAYS + r")") + said, _FLAGS))
    for kind, said, bare in (
        ("absent", _LEFT_OUT, True),
        ("absent", r"(?:left\sout|omitted|not\s(?:needed|necessary|required))\b", False),
        ("planned", _COMING, False),
        ("considered", _OPEN, False),
        ("considered", _OFFERED, False),
    )
)
_MAY = re.compile(r"\b(?:can|could|may|might|would|should|if|whether)\s(?:\w+\s){0,2}(?:be\s)?\S{1,10}$", _FLAGS)

# "radiotherapy only after delivery", "once the baby is born": an event that has still to come.
_ONLY = re.compile(_TAIL + r"\s(?:only|not\s(?:until|before))\s(?:after|once|when|if|until|following|from)\b", _FLAGS)
_BIRTH = re.compile(
    _TAIL + r"\s(?:after|once|when|following|until\safter)\s(?:the\s|her\s)?(?:delivery|birth|baby|child|pregnancy"
    r"|she\shas\s(?:delivered|given\sbirth))\b",
    _FLAGS,
)
# "Paclitaxel afterwards": a rest of a sentence, which tells no deed of its own.
_LATER = re.compile(_TAIL + r"\s(?:afterwards?|later(?:\son)?|thereafter|subsequently|next)\s?(?:[.;,]|$)", _FLAGS)

# Right before the treatment, with no more than what kind of it between.
_KIND = (
    r"(?:(?:the|a|any|her|his|their|further|adjuvant|neoadjuvant|whole|breast|axillary|chest|wall|left|right|weekly"
    r"|systemic|cytotoxic|post-?operative)[\s-]){0,4}$"
)
_BEFORE = (
    (
        "absent",
        re.compile(
            r"\b(?:omit(?:s|ted|ting)?|skip(?:s|ped|ping)?|forgo(?:es|ing|ne)?|forewent|le(?:ft|aves?|aving)\sout"
            r"|dispens(?:e|ed|es|ing)\swith|do(?:es|ing)?\swithout|did\swithout|spar(?:e|ed|es)\s(?:her|him|you)"
            r"|managed\swithout"
            r"|omission\sof)\s" + _KIND,
            _FLAGS,
        ),
    ),
    (
        "planned",
        re.compile(
            r"\b(?:booked|listed|lined\sup|pencilled\sin|waiting|due|on\sthe\s(?:waiting\s)?list|to\sreturn"
            r"|come\sback|called(?:\sback)?)\s"
            r"(?:for|in\sfor|to\s(?:start|have|begin|receive))\s" + _KIND,
            _FLAGS,
        ),
    ),
    ("planned", re.compile(r"(?:^|[;,.]\s|\bthen\s)next(?:,|\s(?:comes|is|up))?\s" + _KIND, _FLAGS)),
    (
        "considered",
        re.compile(
            r"\b(?:undecided|unsure|uncertain|in\stwo\sminds|thinking|not\s(?:yet\s)?decided|no\sdecision(?:\syet)?"
            r"|decision(?:\sawaited)?)\s"
            r"(?:about|on|as\sto|regarding|whether\sto\s\w+)\s" + _KIND,
            _FLAGS,
        ),
    ),
)
# "booked in May and completed in June": had after all.
_AND_DONE = re.compile(
    r"[^.;\n]{0,60}?\b(?:and|then)\s(?:(?:was|were|has\sbeen|then|she|he)\s){0,2}(?:given|completed|finished"
    r"|started|begun|done|carried\sout|delivered)\b",
    _FLAGS,
)
_PLANNED_FIRST = re.compile(_TAIL + _BE + r"\s(?:planned|scheduled|recommended|offered)\b", _FLAGS)
# "the last docetaxel was omitted": the others were given.
_ONE_OF = re.compile(
    r"\b(?:last|final|first|second|third|fourth|fifth|sixth|one|(?:day|cycle|dose|week)\s\d{1,2})\s(?:(?:dose|cycle"
    r"|course|week)s?\s)?(?:of\s)?$",
    _FLAGS,
)
_DONE = re.compile(
    r"\b(?:had|has|have|received|completed|underwent|finished|given|was|were|started|began|took|treated|s/p"
    r"|status post|since)\b",
    _FLAGS,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:ned|s)?|will|to be|recommend\w*|propos\w+|next|scheduled|intend\w*|first cycle|to (?:start|begin))\b",
    _FLAGS,
)
REACH = 170


# Beginnings of the words of all that is above: where none stands near, nothing needs to be tried.
_HINT = re.compile(
    r"\b(?:left|leav|leaf|omi|ski|forg|fore|withh|dropp|spare|dispens|necess|unnec|need|requ|warrant|justif|want"
    r"|inten|part|book|list"
    r"|lined|organ|arrang|pencil|timetab|plan|prepar|com|follow|due|await|upcom|outst|next|postpon|put|appoint"
    r"|referr|consul"
    r"|like|probab|prefer|obvious|decid|decis|undecid|settl|agree|confirm|approv|fund|open|discus|consid|review"
    r"|tb[cd]|author"
    r"|quest|thin|thought|felt|deem|judg|expect|depend|hing|mention|brought|talk|made|offer|only|after|once|when"
    r"|until|later"
    r"|there|subseq|unsure|uncert|minds|wait|return|called|do|does|doing|did|manag|start|begin|recomm|sched|going"
    r"|being|weigh|still|yet)",
    _FLAGS,
)


def undone(text: str, opens: int, start: int, end: int) -> str:
    """`absent`, `planned` or `considered` where a treatment is told as not (yet) had, else empty.

    `past` where only one dose was left out, `done` where it was planned and then had. Its sentence begins at `opens`.

    >>> undone("Radiotherapy is left out.", 0, 0, 12), undone("We left out radiotherapy.", 0, 12, 24)
    ('absent', 'absent')
    """
    before, stop = text[max(opens, start - REACH) : start], min(len(text), end + REACH)
    if not _HINT.search(text, max(opens, start - REACH), stop):
        return ""
    if (first := _PLANNED_FIRST.match(text, end, stop)) and _AND_DONE.match(text, first.end(), stop):
        return "done"
    for kind, pattern in _BEHIND:
        if said := pattern.match(text, end, stop):
            if kind == "absent" and _ONE_OF.search(before):
                return "past"
            if kind == "planned" and _AND_DONE.match(text, said.end(), stop):
                return "done"
            return "considered" if kind == "absent" and _MAY.search(text[end : said.end()]) else kind
    for kind, pattern in _BEFORE:
        if pattern.search(before):
            return kind
    if _ONLY.match(text, end, stop) or _BIRTH.match(text, end, stop):
        return "" if _DONE.search(before) else "planned"
    if _LATER.match(text, end, stop) and not _DONE.search(before):
        above = text[max(0, opens - REACH) : opens]
        done, planned = [*_DONE.finditer(above)], [*_PLANNED.finditer(above)]
        return "" if done and (not planned or planned[-1].start() < done[-1].start()) else "planned"
    return ""
