"""Answers that a person sends to a navigator, and what the navigator notes: each readable for these two only.

What is sent is the general answer: made from the question alone, without anything of the person's records.
"""

from __future__ import annotations

import secrets

from navaid.errors import BadInput
from navaid.serve.web.accounts import audit, locker
from navaid.serve.web.accounts.member import Member
from navaid.terms import Answer, Record, decode, encode


class Review(Record, frozen=True):
    """One answer that was sent. `with_name` is the other of the two; `reviewed` is empty until there is a note."""

    id: str
    with_name: str
    sent: str
    reviewed: str


class Sent(Record, frozen=True):
    """What the navigator gets: the question in its words, and the general answer."""

    question: str
    answer: Answer


class Note(Record, frozen=True):
    """What the person gets back. `question` is the one that was sent, so that the note finds its answer's page."""

    question: str
    by: str
    date: str
    text: str


def navigators(member: Member) -> tuple[str, ...]:
    """The names of those an answer can be sent to."""
    return tuple(
        name for (name,) in member.database.rows("SELECT name FROM accounts WHERE role='navigator' ORDER BY folded")
    )


def send(member: Member, navigator: str, question: str, answer: Answer) -> None:
    """The general answer goes to this navigator. Raises BadInput for no such one, and for an answer about a person."""
    if answer.personal is not None:
        raise BadInput("this answer is about one person", where="this page", fix="send the general answer")
    query = "SELECT id, locker FROM accounts WHERE name = ? AND role = 'navigator'"
    rows = member.database.rows(query, navigator)
    if not rows:
        raise BadInput("no navigator has this name here", where="this page", fix="choose one of the list")
    (to, kept), id_ = rows[0], secrets.token_hex(8)
    public = decode(kept, locker.Locker).public
    sealed = locker.seal_for(public, encode(Sent(question=question, answer=answer)), f"review {id_}")
    member.database.write(
        "INSERT INTO reviews(id, owner, navigator, sent, reviewed, sealed, note) VALUES(?,?,?,?,'',?,x'')",
        *(id_, member.id, to, audit.now(), sealed),
    )
    member.note("sent an answer to a navigator")


def waiting(member: Member) -> tuple[Review, ...]:
    """What was sent to this navigator, what is not reviewed yet first."""
    query = (
        "SELECT reviews.id, name, sent, reviewed FROM reviews JOIN accounts ON accounts.id = owner"
        " WHERE navigator = ? ORDER BY reviewed != '', sent DESC"
    )
    return tuple(Review(*row) for row in member.database.rows(query, member.id))


def sent(member: Member) -> tuple[Review, ...]:
    """What this person sent, the newest first."""
    query = (
        "SELECT reviews.id, name, sent, reviewed FROM reviews JOIN accounts ON accounts.id = navigator"
        " WHERE owner = ? ORDER BY sent DESC"
    )
    return tuple(Review(*row) for row in member.database.rows(query, member.id))


def shown(member: Member, id_: str) -> Sent | None:
    """What was sent to this navigator under this id, or None."""
    rows = member.database.rows("SELECT sealed FROM reviews WHERE id = ? AND navigator = ?", id_, member.id)
    plain = member.unseal(rows[0][0], f"review {id_}") if rows else None
    return decode(plain, Sent) if plain else None


def note(member: Member, id_: str, text: str) -> bool:
    """Whether there was such an answer; the note is for whoever sent it, in place of an earlier one."""
    what = shown(member, id_)
    query = "SELECT owner, locker FROM reviews JOIN accounts ON accounts.id = owner WHERE reviews.id = ?"
    rows = member.database.rows(query, id_)
    if what is None or not rows:
        return False
    owner, kept = rows[0]
    when = audit.now()
    made = Note(question=what.question, by=member.name, date=when[:10], text=text)
    sealed = locker.seal_for(decode(kept, locker.Locker).public, encode(made), f"note {id_}")
    member.database.write("UPDATE reviews SET note = ?, reviewed = ? WHERE id = ?", sealed, when, id_)
    audit.add(member.database, member.name, "reviewed an answer that was sent", owner)
    return True


def notes(member: Member) -> tuple[Note, ...]:
    """All that navigators noted for this person, the newest first."""
    query = "SELECT id, note FROM reviews WHERE owner = ? AND reviewed != '' ORDER BY reviewed DESC"
    found = ((id_, member.unseal(sealed, f"note {id_}")) for id_, sealed in member.database.rows(query, member.id))
    return tuple(decode(plain, Note) for _, plain in found if plain)


def of_question(member: Member, question: str) -> tuple[Note, ...]:
    """The notes on the answer to this question, for its page."""
    return tuple(one for one in notes(member) if one.question == question)
