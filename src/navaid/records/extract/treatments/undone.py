"""What a treatment is not, or not yet: left out, booked, still to come, offered, undecided.

These are said around a treatment in many forms ("is left out with her agreement", "only after delivery", "Next: …"), and
what is read as given here would be a falsehood about the person. No cue of the tables that says it was given stands nearer.
"""

from __future__ import annotations

import re

# What may stand between a treatment and what is said of it: its place, its dose, its cycles, of what kind it is.
_AND = r"and(?=\s(?:the\s)?(?:regional|supraclav|infraclav|axilla|internal|chest|breast|lymph|nod|armpit|left|right|boost)\w*)"
_TAIL = (
    r"(?:\s?\([^()\n]{1,50}\))?(?:\s?[x×]\s?\d{1,2})?(?:\s(?:for|every)\s\w{1,8}\s(?:cycles?|courses?|weeks?|days|months))?"
    rf"(?:\s(?:{_AND}|(?!(?:and|or|but|which|who|then|is|are|was|were|has|have|had|not|being|in|on|from|since|until|after"
    r"|before|with|because|for|at|only|he|she|we|they|will)\b)[^\s.,;:()]{1,20})){0,9}"
)
_BE = r"(?:\s(?:is|are|was|were|will\sbe|has\sbeen|have\sbeen|had\sbeen|being|be|therefore|now|currently|still|also|yet|deliberately|purposely|to)){0,4}"
_SAYS = r"(?:\s?[:–—-]|,|\s\()?\s?"
_LEFT_OUT = (
    r"(?:left\sout|being\sleft\sout|omitted|skipped|withheld|dropped|forgone|foregone|spared|dispensed\swith"
    r"|(?:not|un)\s?(?:thought|felt|considered|deemed|judged)?\s?(?:to\sbe\s)?(?:necessary|needed|required|warranted|justified)"
    r"|not\s(?:going\sahead|wanted|intended|part\sof))\b"
)
_COMING = (
    r"(?:(?:provisionally\s)?(?:booked|listed|lined\sup|organi[sz]ed|arranged|pencilled\sin|timetabled|requested)\b(?!\sand\s(?:given|done))"
    r"|being\s(?:planned|arranged|organi[sz]ed|booked|scheduled|set\sup|prepared)|in\splanning|(?:still\s|yet\s)to\s(?:come|be\b|start|begin|follow)"
    r"|to\s(?:come|follow)\b|to\s(?:begin|start)\s(?:on|in|from|next|after|when|once|this|tomorrow)\b|due\b(?!\sto\s(?:her|his|the|a|an|side|toxic|progress))|awaited\b|upcoming\b|outstanding\b"
    r"|(?:comes?|follows?)\s(?:next|later|afterwards|last)\b|next\b(?!\sto\b)|will\s(?:come|follow)\b)"
)
_OPEN = (
    r"(?:undecided\b|(?:has\s|have\s)?not\s(?:yet\s)?(?:been\s)?(?:decided|settled|agreed|confirmed|approved|funded)\b"
    r"|(?:yet\s|still\s)?to\sbe\s(?:decided|discussed|confirmed|considered|agreed|settled)\b|(?:still\s)?(?:an?\s)?open\s?(?:question\b|[.;,]|$)"
    r"|under\s(?:discussion|consideration|review)\b|for\s(?:discussion|consideration)\b|tb[cd]\b"
    r"|awaiting\s(?:an?\s|the\s|her\s|his\s)?(?:decision|approval|funding|authori[sz]ation|answer|result)"
    r"|decision\s(?:awaited|pending|outstanding|deferred|to\sfollow)|still\s(?:being\s)?(?:considered|discussed|weighed)"
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
    _TAIL + r"\s(?:after|once|when|following|until\safter)\s(?:the\s|her\s)?(?:delivery|birth|baby|child|pregnancy|she\shas\s(?:delivered|given\sbirth))\b",
    _FLAGS,
)
# "Paclitaxel afterwards": a rest of a sentence, which tells no deed of its own.
_LATER = re.compile(_TAIL + r"\s(?:afterwards?|later(?:\son)?|thereafter|subsequently|next)\s?(?:[.;,]|$)", _FLAGS)

# Right before the treatment, with no more than what kind of it between.
_KIND = r"(?:(?:the|a|any|her|his|their|further|adjuvant|neoadjuvant|whole|breast|axillary|chest|wall|left|right|weekly|systemic|cytotoxic|post-?operative)[\s-]){0,4}$"
_BEFORE = (
    (
        "absent",
        re.compile(
            r"\b(?:omit(?:s|ted|ting)?|skip(?:s|ped|ping)?|forgo(?:es|ing|ne)?|forewent|le(?:ft|aves?|aving)\sout"
            r"|dispens(?:e|ed|es|ing)\swith|do(?:es|ing)?\swithout|did\swithout|spar(?:e|ed|es)\s(?:her|him|you)|managed\swithout"
            r"|omission\sof)\s" + _KIND,
            _FLAGS,
        ),
    ),
    (
        "planned",
        re.compile(
            r"\b(?:booked|listed|lined\sup|pencilled\sin|waiting|due|on\sthe\s(?:waiting\s)?list|to\sreturn|come\sback|called(?:\sback)?)\s"
            r"(?:for|in\sfor|to\s(?:start|have|begin|receive))\s" + _KIND,
            _FLAGS,
        ),
    ),
    (
        "considered",
        re.compile(
            r"\b(?:undecided|unsure|uncertain|in\stwo\sminds|thinking|not\s(?:yet\s)?decided|no\sdecision(?:\syet)?|decision(?:\sawaited)?)\s"
            r"(?:about|on|as\sto|regarding|whether\sto\s\w+)\s" + _KIND,
            _FLAGS,
        ),
    ),
)
# "the last docetaxel was omitted": the others were given.
_ONE_OF = re.compile(
    r"\b(?:last|final|first|second|third|fourth|fifth|sixth|one|(?:day|cycle|dose|week)\s\d{1,2})\s(?:(?:dose|cycle|course|week)s?\s)?(?:of\s)?$",
    _FLAGS,
)
_DONE = re.compile(
    r"\b(?:had|has|have|received|completed|underwent|finished|given|was|were|started|began|took|treated|s/p|status post|since)\b", _FLAGS
)
_PLANNED = re.compile(r"\b(?:plan(?:ned|s)?|will|to be|recommend\w*|propos\w+|next|scheduled|intend\w*|first cycle|to (?:start|begin))\b", _FLAGS)
REACH = 170


def undone(text: str, opens: int, start: int, end: int) -> str:
    """`absent`, `planned` or `considered` where a treatment is told as not (yet) had; `past` where only one dose was left
    out; empty where the words around it say neither. `opens` is where its sentence begins.

    >>> undone("Radiotherapy is left out.", 0, 0, 12), undone("We left out radiotherapy.", 0, 12, 24)
    ('absent', 'absent')
    """
    before, stop = text[max(opens, start - REACH) : start], min(len(text), end + REACH)
    for kind, pattern in _BEHIND:
        if said := pattern.match(text, end, stop):
            if kind == "absent" and _ONE_OF.search(before):
                return "past"
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
